package io.consentry.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptsTest {

    static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (String folder : List.of("scripts", ".ci", "docker")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (isShell(file)) {
                        scripts.add(file);
                    }
                }
            }
        }
        return scripts;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptIsValid(Path script) throws Exception {
        assertThat(run("bash", "-n", script.toString())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shellcheckFindsNothing(Path script) throws Exception {
        assumeThat(isInstalled("shellcheck")).as("shellcheck is installed").isTrue();

        assertThat(run("shellcheck", "-x", script.toString())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptThatIsCalledCanBeCalled(Path script) {
        boolean sourced = script.startsWith(Path.of("scripts", "lib"));

        assertThat(Files.isExecutable(script)).isEqualTo(!sourced);
    }

    @Test
    void aMissingJdkIsNamedInASentence() throws Exception {
        String said = run(
                "env",
                "-i",
                "HOME=/nowhere",
                "PATH=/usr/bin:/bin",
                "bash",
                "-c",
                ". scripts/lib/jdk.sh; JDK_NEEDED=9999; find_jdk");

        assertThat(said).startsWith("Consentry needs a JDK of version 9999 or newer and found");
    }

    private static boolean isShell(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String start = new String(content, 0, Math.min(content.length, 200), StandardCharsets.UTF_8);
        return start.startsWith("#!/bin/sh")
                || start.startsWith("#!/bin/bash")
                || start.startsWith("#!/usr/bin/env bash")
                || file.toString().endsWith(".sh");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}

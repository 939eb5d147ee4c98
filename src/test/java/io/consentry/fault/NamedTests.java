package io.consentry.fault;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs tests by name in a project that is compiled, in a Maven of its own. */
record NamedTests(Path tree) {

    /** What any of them takes at most, with the start of the service; races a processor that others use as well. */
    private static final int MINUTES = 10;

    private static final Pattern CASE = Pattern.compile(
            "<testcase name=\"([^\"({\\[]*)[^\"]*\" classname=\"([^\"]*)\"[^>]*[^/]>\\s*<(failure|error)");

    /**
     * What Surefire wrote down.
     *
     * @param red the tests that failed
     * @param said what there is to say of it in a table
     */
    record Outcome(boolean isGreen, List<String> red, String said) {

        boolean isRed() {
            return !red.isEmpty();
        }
    }

    Outcome run(List<String> names) throws IOException, InterruptedException {
        Path reports = tree.resolve("target/surefire-reports");
        discard(reports);
        Path log = tree.resolve("target/tests.log");
        Process maven = new ProcessBuilder(command(names))
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(MINUTES, TimeUnit.MINUTES)) {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly().waitFor();
            return new Outcome(false, List.of(), "no end within " + MINUTES + " minutes");
        }
        List<String> red = red(reports);
        String said = red.isEmpty() ? "nothing turned red; see " + log : String.join(", ", red);
        return new Outcome(maven.exitValue() == 0, red, said);
    }

    private List<String> command(List<String> names) {
        var command = new ArrayList<>(List.of("./mvnw", "-B", "-ntp", "surefire:test"));
        command.add("-Dtest="
                + String.join(
                        ",",
                        new TreeSet<>(names)
                                .stream().map(name -> "io.consentry." + name).toList()));
        return command;
    }

    /** Class and method of each that failed, once. */
    private static List<String> red(Path reports) throws IOException {
        var red = new TreeSet<String>();
        if (Files.isDirectory(reports)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, "TEST-*.xml")) {
                for (Path file : files) {
                    Matcher failed = CASE.matcher(Files.readString(file));
                    while (failed.find()) {
                        red.add(failed.group(2).replaceAll(".*\\.", "") + '.' + failed.group(1));
                    }
                }
            }
        }
        return List.copyOf(red);
    }

    private static void discard(Path reports) throws IOException {
        if (Files.isDirectory(reports)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(reports)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }
}

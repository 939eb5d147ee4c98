package io.consentry.program.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.verify.TestReceipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/verify} as somebody runs it who has the packaged program, without a service and without a database. */
class VerifyScriptTest {

    @TempDir
    static Path files;

    @BeforeAll
    static void write() {
        TestReceipt.write(files);
    }

    @Test
    void itChecksALogAndAReceiptAndExitsAccordingly() throws Exception {
        String policy = files.resolve("policy").toString();

        assertThat(verify(0, "log", files.resolve("log").toString(), "--policy", policy))
                .startsWith("VERIFIED");
        assertThat(verify(0, "receipt", files.resolve("included.json").toString(), "--policy", policy))
                .startsWith("INCLUDED");
        assertThat(verify(1, "receipt", files.resolve("keys").toString(), "--policy", policy))
                .startsWith("REFUSED");
    }

    private static String verify(int exit, String... words) throws Exception {
        var command = new ArrayList<>(List.of("scripts/verify"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(exit);
        return said;
    }
}

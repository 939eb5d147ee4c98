package io.consentry.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.Settings;
import io.consentry.ledger.LedgerCheck;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each runs the whole flow as OpenID Connect and as plain OAuth for every ready-made client; its head says what it validates. */
@QuarkusTest
class PublishedClientsTest {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path WORK = Path.of("target", "node");

    @Inject
    Settings settings;

    @Inject
    LedgerCheck check;

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(WORK);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    @AfterEach
    void theLedgerIsSound() {
        assertThat(check.check().problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"openid-client.mjs, 8", "openid-client-5.mjs, 8", "oauth4webapi.mjs, 8"})
    void aPublishedClientRunsTheWholeFlow(String program, int flows) throws Exception {
        String said = run("node", program, settings.baseUrl());

        assertThat(said.lines()).hasSize(flows).allMatch(line -> line.contains("attributes, leaf "));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}

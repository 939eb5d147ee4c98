package io.consentry.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.client.Clients;
import io.consentry.kernel.Settings;
import io.consentry.ledger.GrowingLedgerCheck;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestClient;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each runs the whole flow as OpenID Connect and as plain OAuth for every ready-made client; its head says what it validates.
 * They are installed by npm, with {@code scripts/test --tools}.
 */
@QuarkusTest
@EnabledIfSystemProperty(named = "consentry.tools", matches = "true")
class PublishedClientsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path WORK = Path.of("target", "node");

    @Inject
    Settings settings;

    @Inject
    GrowingLedgerCheck check;

    @Inject
    Clients clients;

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
        assertThat(check.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"openid-client.mjs, 12", "openid-client-5.mjs, 10", "oauth4webapi.mjs, 10"})
    void aPublishedClientRunsTheWholeFlow(String program, int flows) throws Exception {
        String said = run("node", program, settings.baseUrl());

        assertThat(said.lines()).hasSize(flows).allMatch(line -> line.contains("attributes, leaf "));
    }

    @ParameterizedTest
    @CsvSource({"openid-client.mjs, 2", "oauth4webapi.mjs, 2"})
    @Requirement("RFC9449-8")
    void aClientThatNeedsNoncesRunsTheWholeFlow(String program, int flows) throws Exception {
        TestClient client = TestClient.registered(clients, metadata -> metadata.put("dpop_nonce_required", true));
        ObjectNode json = JSON.createObjectNode().put("client_id", client.id()).put("scope", client.scope());
        json.putArray("redirect_uris").add(client.redirectUri());
        json.putObject("jwks")
                .putArray("keys")
                .add(((ObjectNode) JSON.readTree(client.signingKey().toJSONString())).put("alg", "ES256"));
        Path file = WORK.resolve(client.id() + ".json");
        Files.writeString(file, JSON.createArrayNode().add(json).toString());

        String said =
                run("node", program, settings.baseUrl(), file.getFileName().toString());

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

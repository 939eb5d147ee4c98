package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that publish their keys at an address (RFC 7591 §2, {@code jwks_uri}). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class KeysByAddressTest {

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger locksOnCodes = new AtomicInteger();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";

    @BeforeEach
    void publish() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @Requirement("RFC7591-2")
    void aClientWithPublishedKeysRunsTheWholeFlow() {
        TestClient client = publishing();

        assertThat(client.flow().wholeFlow("S9812381D").claims().get("aud").asText())
                .isEqualTo(client.id());
        client.flow().push();

        assertThat(fetches).as("kept for an hour").hasValue(1);
    }

    @Test
    @Requirement("RFC7591-2")
    void aRotatedKeyIsLookedForOnceMoreAtTheAddress() {
        TestClient client = publishing();
        client.flow().push();
        JWK fresh = TestClient.ecKey(KeyUse.SIGNATURE);
        body = new JWKSet(fresh).toString(true);

        new TestClient(client.id(), client.redirectUri(), client.scope(), new JWKSet(fresh))
                .flow()
                .push();

        assertThat(fetches).hasValue(2);
    }

    @Test
    @Requirement("RFC7591-2")
    void aKeyThatIsNotPublishedIsRefused() {
        TestClient client = publishing();
        var strangers = new JWKSet(TestClient.ecKey(KeyUse.SIGNATURE));

        Answer answer = new TestClient(client.id(), client.redirectUri(), client.scope(), strangers)
                .flow()
                .par()
                .send();

        answer.isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @Test
    @Requirement("RFC7591-2")
    void anAddressThatFailsIsTriedThreeTimesAndIsNoVerdictOnTheClient() {
        TestClient client = publishing();
        status = 500;

        client.flow().par().send().isRefused(502, "upstream_dependency_error", "client_keys_unreachable");

        assertThat(fetches).hasValue(3);
    }

    @Test
    @Requirement("CX-KEY-5")
    void namingKeysThatDoNotExistDoesNotHammerTheClientsServer() {
        TestClient client = publishing();
        client.flow().push();

        for (int attempt = 0; attempt < 20; attempt++) {
            client.flow()
                    .par()
                    .assertion(jwt -> jwt.header("kid", UUID.randomUUID().toString()))
                    .send()
                    .isRefused(401, "invalid_client", "invalid_client_assertion");
        }

        assertThat(fetches).as("the first fetch, and one for an unknown key").hasValue(2);
        client.flow().push();
    }

    @Test
    @Requirement("CX-KEY-5")
    void afterAnHourKeysAreFetchedAgainAndOldOnesAreNotUsedWhenThatFails() {
        TestClient client = publishing();
        client.flow().push();
        clock.advance(Duration.ofMinutes(61));
        status = 500;

        client.flow().par().send().isRefused(502, "upstream_dependency_error", "client_keys_unreachable");
        client.flow().par().send().isRefused(502, "upstream_dependency_error", "client_keys_unreachable");
        assertThat(fetches).as("once, and three tries of one round").hasValue(4);

        status = 200;
        clock.advance(Duration.ofSeconds(31));
        client.flow().push();
    }

    @Test
    @Requirement("RFC7517-4.5")
    void ofSeveralKeysTheOneThatTheKidNamesIsUsed() {
        TestClient client = publishing();
        JWK other = TestClient.ecKey(KeyUse.SIGNATURE);
        body = new JWKSet(List.of(other.toPublicJWK(), client.signingKey().toPublicJWK())).toString(true);

        client.flow().push();
        client.flow().par().assertion(jwt -> jwt.header("kid", null)).send().is(201);
        client.flow()
                .par()
                .assertion(jwt -> jwt.header("kid", other.getKeyID()))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @Test
    @Requirement("RFC7591-2")
    void whatIsNoKeySetOrFarTooLargeOrElsewhereIsNotUsed() {
        TestClient nonsense = publishing();
        body = "no key set";
        nonsense.flow().par().send().isRefused(502, "upstream_dependency_error", "client_keys_unreachable");

        TestClient large = publishing();
        body = " ".repeat(100_000) + body;
        large.flow().par().send().isRefused(502, "upstream_dependency_error", "client_keys_unreachable");

        TestClient elsewhere = publishing();
        status = 302;
        elsewhere.flow().par().send().isRefused(502, "upstream_dependency_error", "client_keys_unreachable");
    }

    /** A client may take its time; others wait for locks and connections meanwhile, if any are held. */
    @Test
    @Requirement("CX-KEY-6")
    void whileTheKeyForAnIdTokenIsFetchedNoCodeIsLocked() {
        TestClient client = publishing(metadata -> metadata.put("id_token_encrypted_response_alg", "ECDH-ES+A256KW")
                .put("id_token_encrypted_response_enc", "A256GCM"));
        ClientFlow flow = client.flow().push();
        flow.approve("S9812381D");
        assertThat(fetches).hasValue(1);
        body = new JWKSet(List.of(client.signingKey(), TestClient.ecKey(KeyUse.ENCRYPTION))).toString(true);

        flow.redeem();

        assertThat(fetches).as("once more for the new key").hasValue(2);
        assertThat(flow.idToken().split("\\.")).as("encrypted").hasSize(5);
        assertThat(locksOnCodes).hasValue(0);
    }

    /** The key to encrypt to is not there; a code that gives no ID token needs none, and one that comes again is noticed. */
    @Test
    @Requirement("RFC6749-4.1.2")
    void aCodeThatGivesNoIdTokenNeedsNoKeyForIt() {
        TestClient client = publishing(metadata -> metadata.put("id_token_encrypted_response_alg", "ECDH-ES+A256KW")
                .put("id_token_encrypted_response_enc", "A256GCM"));
        ClientFlow plain = client.flow().asking("name").push();
        plain.approve("S9812381D");
        ClientFlow openid = client.flow().push();
        openid.approve("S9812381D");

        assertThat(plain.redeem().json().has("id_token")).isFalse();
        plain.token().with("code_verifier", "a".repeat(43)).send().isRefused(400, "invalid_grant", "code_reused");
        openid.token().send().isRefused(502, "upstream_dependency_error", "client_keys_unreachable");
    }

    private TestClient publishing() {
        return publishing(metadata -> {});
    }

    /** A client whose keys are at an address of its own, which serves them. */
    private TestClient publishing(Consumer<ObjectNode> changes) {
        fetches.set(0);
        status = 200;
        return TestClient.registered(clients, metadata -> {
            changes.accept(metadata);
            body = metadata.remove("jwks").toString();
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/"
                    + metadata.get("client_id").asText();
            metadata.put("jwks_uri", address);
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        locksOnCodes.addAndGet(locksOnCodes());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
        if (status == 302) {
            exchange.getResponseHeaders().add("Location", "/somewhere-else");
        }
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Such locks as {@code select … for update} takes; housekeeping takes others. */
    private static int locksOnCodes() throws IOException {
        try (Connection owner = TestDatabase.asOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_locks where relation = 'authorization_code'::regclass"
                                + " and mode = 'RowShareLock'")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}

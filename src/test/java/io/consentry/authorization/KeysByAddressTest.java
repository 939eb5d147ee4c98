package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final AtomicInteger fetches = new AtomicInteger();
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

    /** A client whose keys are at an address of its own, which serves them. */
    private TestClient publishing() {
        fetches.set(0);
        status = 200;
        return TestClient.registered(clients, metadata -> {
            body = metadata.remove("jwks").toString();
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/"
                    + metadata.get("client_id").asText();
            metadata.put("jwks_uri", address);
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
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
}

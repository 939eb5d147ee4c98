package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken for a client's keys at its address. */
@QuarkusTest
class KeyAddressTest {

    @Inject
    KeyAddress keys;

    private HttpServer server;
    private int status = 200;
    private String body = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aKeySetIsTaken() throws IOException {
        body = new JWKSet(ExampleClient.SIGNING).toPublicJWKSet().toString();

        assertThat(fetch().getKeys()).hasSize(1);
    }

    @Test
    void nothingElseThan200IsTaken() {
        body = new JWKSet(ExampleClient.SIGNING).toPublicJWKSet().toString();
        status = 302;

        assertThatThrownBy(this::fetch).hasMessageContaining("status 302");
    }

    @Test
    void whatIsTooLargeIsNotTaken() {
        body = " ".repeat(KeyAddress.LARGEST_BYTES) + new JWKSet(ExampleClient.SIGNING).toPublicJWKSet();

        assertThatThrownBy(this::fetch).hasMessageContaining("more than 65536 bytes");
    }

    @Test
    void moreThanSixteenKeysAreNotTaken() {
        body = IntStream.range(0, 17)
                .mapToObj(i -> ExampleClient.key("key-" + i, KeyUse.SIGNATURE)
                        .toPublicJWK()
                        .toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));

        assertThatThrownBy(this::fetch).hasMessageContaining("more than 16 keys");
    }

    private JWKSet fetch() throws IOException {
        return keys.fetch(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"));
    }
}

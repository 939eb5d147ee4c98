package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.consentry.requirement.Requirement;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's address of keys must not become a way into our own network, nor a weight on our threads. */
class KeyAddressTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEYS =
            new JWKSet(ExampleClient.SIGNING).toPublicJWKSet().toString();

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:10.0.0.1]",
                "[64:ff9b::a00:1]",
                "[2002:a00:1::]"
            })
    void anAddressOfOurOwnNetworkIsNotFetchedFrom(String host) {
        var production = new KeyAddress(VERTX, true, InetAddress::getAllByName);

        assertThatThrownBy(() -> production.fetch(URI.create("https://" + host + "/keys")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("public addresses only");
    }

    @Test
    void oneAddressOfOurOwnAmongPublicOnesIsEnoughToRefuse() {
        var production = new KeyAddress(VERTX, true, host ->
                new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")});

        assertThatThrownBy(() -> production.fetch(URI.create("https://bank.example/keys")))
                .hasMessageContaining("public addresses only");
    }

    @Test
    void outsideTheSandboxKeysComeByHttpsOnly() {
        var production = new KeyAddress(VERTX, true, InetAddress::getAllByName);

        assertThatThrownBy(() -> production.fetch(URI.create("http://192.0.2.1/keys")))
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "[2001:4860:4860::8888]", "100.128.0.1", "172.32.0.1", "198.20.0.1"})
    void aPublicAddressIsOne(String host) throws IOException {
        assertThat(KeyAddress.isPublic(InetAddress.getByName(host))).isTrue();
    }

    @Test
    @Requirement("RFC7591-2")
    void aNameIsResolvedOnceAndTheConnectionGoesToTheAddressThatWasChecked() throws IOException {
        var resolutions = new AtomicInteger();
        var host = new AtomicReference<String>();
        server.createContext("/", exchange -> {
            host.set(exchange.getRequestHeaders().getFirst("Host"));
            answer(exchange, 200, KEYS);
        });
        var sandbox = new KeyAddress(VERTX, false, name -> {
            resolutions.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });

        // A name that resolves nowhere: whoever asked DNS again would not arrive.
        JWKSet keys = sandbox.fetch(at("keys.invalid"));

        assertThat(keys.getKeys()).hasSize(1);
        assertThat(host).hasValue("keys.invalid:" + server.getAddress().getPort());
        assertThat(resolutions).hasValue(1);
    }

    @Test
    void anAnswerThatTricklesInIsCutOff() {
        var enough = new CountDownLatch(1);
        serving(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 600 && enough.getCount() > 0; i++) {
                    out.write(' ');
                    out.flush();
                    enough.await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(() -> loopback().fetch(at("localhost"))).hasMessageContaining("no answer within 3000 ms");
        enough.countDown();
    }

    @Test
    void aRedirectIsNotFollowedAndNothingElseThan200IsTaken() {
        serving(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, exchange.getRequestURI().getPath().equals("/elsewhere") ? 200 : 302, KEYS);
        });

        assertThatThrownBy(() -> loopback().fetch(at("localhost"))).hasMessageContaining("status 302");
    }

    @Test
    void whatIsTooLargeIsNotTaken() {
        serving(exchange -> answer(exchange, 200, " ".repeat(KeyAddress.LARGEST_BYTES) + KEYS));

        assertThatThrownBy(() -> loopback().fetch(at("localhost"))).hasMessageContaining("more than 65536 bytes");
    }

    @Test
    void moreThanSixteenKeysAreNotTaken() {
        String many = IntStream.range(0, 17)
                .mapToObj(i -> ExampleClient.key("key-" + i, KeyUse.SIGNATURE)
                        .toPublicJWK()
                        .toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        serving(exchange -> answer(exchange, 200, many));

        assertThatThrownBy(() -> loopback().fetch(at("localhost"))).hasMessageContaining("more than 16 keys");
    }

    @Test
    void aHostThatDoesNotExistIsSaidToBeUnknown() {
        var sandbox = new KeyAddress(VERTX, false, host -> {
            throw new java.net.UnknownHostException(host);
        });

        assertThatThrownBy(() -> sandbox.fetch(at("bank.example"))).hasMessageContaining("host is unknown");
    }

    private static KeyAddress loopback() {
        return new KeyAddress(VERTX, false, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    }

    private URI at(String host) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/keys");
    }

    private void serving(HttpHandler handler) {
        server.createContext("/", handler);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}

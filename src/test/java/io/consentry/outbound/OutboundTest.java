package io.consentry.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.consentry.outbound.OutboundRequest.Limits;
import io.consentry.requirement.Requirement;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that somebody else chose must not become a way into our own network, nor a weight on our threads. */
class OutboundTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int LARGEST = 1_000;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
    }

    @AfterEach
    void stop() {
        enough.countDown();
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
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.1",
                "224.0.0.1",
                "255.255.255.255",
                "2130706433",
                "[::1]",
                "[::]",
                "[::10.0.0.1]",
                "[fe80::1]",
                "[fec0::1]",
                "[fd00::1]",
                "[ff02::1]",
                "[::ffff:10.0.0.1]",
                "[64:ff9b::a00:1]",
                "[64:ff9b:1::a00:1]",
                "[100::1]",
                "[2001::a00:1]",
                "[2001:db8::1]",
                "[2002:a00:1::]",
                "[3fff::1]"
            })
    @Requirement("CX-NOTICE-3")
    void outsideTheSandboxNothingOfOursIsConnectedTo(String host) {
        var production = new Outbound(VERTX, true, InetAddress::getAllByName);

        assertThatThrownBy(() -> production.send(get("https://" + host + "/keys", LONG)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("public addresses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "[2001:4860:4860::8888]", "100.128.0.1", "172.32.0.1", "198.20.0.1"})
    void aPublicAddressIsOne(String host) throws IOException {
        assertThat(PublicAddress.is(InetAddress.getByName(host))).isTrue();
    }

    @Test
    void oneAddressOfOurOwnAmongPublicOnesIsEnoughToRefuse() {
        var production = new Outbound(VERTX, true, host ->
                new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")});

        assertThatThrownBy(() -> production.send(get("https://bank.example/keys", LONG)))
                .hasMessageContaining("public addresses");
    }

    @Test
    void outsideTheSandboxOnlyHttpsIsSpoken() {
        var production = new Outbound(VERTX, true, InetAddress::getAllByName);

        assertThatThrownBy(() -> production.send(get("http://8.8.8.8/keys", LONG)))
                .hasMessageContaining("only https");
    }

    @Test
    @Requirement("RFC7591-2")
    void aNameIsResolvedOnceAndTheConnectionGoesToTheAddressThatWasChecked() throws IOException {
        var lookUps = new AtomicInteger();
        serving(exchange -> answer(exchange, 200, "here"));
        var sandbox = new Outbound(VERTX, false, name -> {
            lookUps.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });

        // A name that resolves nowhere: whoever asked DNS again would not arrive.
        OutboundAnswer answer = sandbox.send(get(at("keys.invalid"), LONG));

        assertThat(answer).isEqualTo(new OutboundAnswer(200, "here"));
        assertThat(seen)
                .containsExactly("GET keys.invalid:" + server.getAddress().getPort() + " ");
        assertThat(lookUps).hasValue(1);
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void ofSeveralAddressesTheFirstThatTakesAConnectionIsSentTo() throws IOException {
        serving(exchange -> answer(exchange, 200, "here"));
        var sandbox = new Outbound(VERTX, false, name -> new InetAddress[] {
            InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.3"), InetAddress.getLoopbackAddress()
        });

        assertThat(sandbox.send(post(at("bank.invalid"), "once", LONG)).body()).isEqualTo("here");

        assertThat(seen).singleElement().asString().endsWith("once");
    }

    /** It may have arrived: the next address may be the same bank's. */
    @Test
    @Requirement("CX-NOTICE-2")
    void whatWasSentIsNotSentToAnotherAddressAsWell() throws IOException {
        serving(exchange -> exchange.close());
        var sandbox = new Outbound(VERTX, false, name ->
                new InetAddress[] {InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress()});

        assertThatThrownBy(() -> sandbox.send(post(at("bank.invalid"), "once", LONG)))
                .isInstanceOf(IOException.class);

        assertThat(seen).hasSize(1);
    }

    @Test
    void whereNoneOfSeveralAddressesTakesAConnectionThatIsSaid() {
        var sandbox = new Outbound(VERTX, false, name ->
                new InetAddress[] {InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.3")});

        assertThatThrownBy(() -> sandbox.send(get(at("bank.invalid"), LONG)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused");
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void aNameThatIsFoundTooLateCostsNoMoreThanTheLimitAndNothingIsSentToIt() throws Exception {
        var found = new CountDownLatch(1);
        serving(exchange -> answer(exchange, 200, ""));
        var slow = new Outbound(VERTX, false, host -> {
            await(host.equals("slow.invalid") ? found : new CountDownLatch(0));
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });

        assertThatThrownBy(() -> slow.send(post(at("slow.invalid"), "late", SOON)))
                .hasMessageContaining("no answer within 300 ms");
        found.countDown();
        slow.send(post(at("other.invalid"), "in time", LONG));

        assertThat(seen).singleElement().asString().endsWith("in time");
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void onAConnectionThatComesTooLateNothingIsSent() throws Exception {
        var busy = new CountDownLatch(Outbound.AT_ONCE);
        serving(exchange -> {
            busy.countDown();
            await(enough);
            answer(exchange, 200, "");
        });
        Outbound outbound = loopback();
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            var early = new ArrayList<Future<OutboundAnswer>>();
            for (int i = 0; i < Outbound.AT_ONCE; i++) {
                early.add(others.submit(() -> outbound.send(post(at("localhost"), "early", LONG))));
            }
            await(busy);

            assertThatThrownBy(() -> outbound.send(post(at("localhost"), "late", SOON)))
                    .hasMessageContaining("no answer within");
            enough.countDown();
            for (Future<OutboundAnswer> each : early) {
                each.get();
            }
            outbound.send(post(at("localhost"), "after it in the queue", LONG));
        }

        assertThat(seen).hasSize(Outbound.AT_ONCE + 1).noneMatch(request -> request.endsWith("late"));
    }

    @Test
    void whoeverAsksForANameThatIsBeingLookedUpTakesNoFurtherThread() throws Exception {
        var lookUps = new AtomicInteger();
        var found = new CountDownLatch(1);
        var names = new Names(host -> {
            lookUps.incrementAndGet();
            await(found);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });

        var all = List.of(names.addresses("bank.invalid"), names.addresses("bank.invalid"));
        found.countDown();

        for (var each : all) {
            assertThat(each.get()).hasSize(1);
        }
        assertThat(lookUps).hasValue(1);
        names.addresses("bank.invalid").get();
        assertThat(lookUps).as("what was found is not kept").hasValue(2);
    }

    @Test
    void anAnswerThatTricklesInIsCutOff() {
        serving(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (!enough.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(() -> loopback().send(get(at("localhost"), SOON)))
                .hasMessageContaining("no answer within 300 ms");
    }

    @Test
    void theBodyOfAnotherStatusIsNotWaitedFor() throws IOException {
        serving(exchange -> {
            exchange.sendResponseHeaders(202, 0);
            exchange.getResponseBody().flush();
            await(enough);
        });

        assertThat(loopback().send(get(at("localhost"), LONG))).isEqualTo(new OutboundAnswer(202, ""));
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        serving(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, "");
        });

        assertThat(loopback().send(get(at("localhost"), LONG)).status()).isEqualTo(302);

        assertThat(seen).hasSize(1);
    }

    @Test
    void whatIsTooLargeIsNotTaken() {
        serving(exchange -> answer(exchange, 200, " ".repeat(LARGEST + 1)));

        assertThatThrownBy(() -> loopback().send(get(at("localhost"), LONG)))
                .hasMessageContaining("more than 1000 bytes");
    }

    @Test
    void aHostThatDoesNotExistIsSaidToBeUnknown() {
        var sandbox = new Outbound(VERTX, false, host -> {
            throw new UnknownHostException(host);
        });

        assertThatThrownBy(() -> sandbox.send(get(at("bank.example"), LONG))).hasMessageContaining("host is unknown");
    }

    private static OutboundRequest get(String address, Duration within) {
        return new OutboundRequest(URI.create(address), Map.of(), Optional.empty(), 200, new Limits(within, LARGEST));
    }

    private static OutboundRequest post(String address, String body, Duration within) {
        return new OutboundRequest(URI.create(address), Map.of(), Optional.of(body), 200, new Limits(within, LARGEST));
    }

    private static Outbound loopback() {
        return new Outbound(VERTX, false, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String at(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/keys";
    }

    private void serving(HttpHandler handler) {
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}

package io.consentry.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A client's receiver of events: keeps what is pushed to it, and answers as the test wants. */
public final class TestReceiver implements AutoCloseable {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final List<Pushed> pushed = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile Reply reply = Reply.ACCEPTED;
    private @Nullable HttpServer server;

    private TestReceiver(int port) {
        this.port = port;
    }

    /** One token as it came, and when by {@link System#nanoTime}. */
    public record Pushed(String path, String token, Map<String, List<String>> headers, long atNanos) {

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** How it answers, after how many milliseconds. */
    public record Reply(int status, String body, long afterMillis) {

        public static final Reply ACCEPTED = new Reply(202, "", 0);

        public static Reply of(int status, String body) {
            return new Reply(status, body, 0);
        }
    }

    /** One that listens on a free port of the loopback interface. */
    public static TestReceiver start() {
        try (var probe = new java.net.ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TestReceiver receiver = new TestReceiver(probe.getLocalPort());
            probe.close();
            receiver.open();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/events");
    }

    public TestReceiver replying(Reply other) {
        this.reply = other;
        return this;
    }

    /** Nobody listens any more. */
    public void goDown() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** It listens where it did. */
    public void open() {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.createContext("/", this::take);
            opened.start();
            server = opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Pushed> pushed() {
        return List.copyOf(pushed);
    }

    /** What has come once there are so many; fails when they do not come. */
    public List<Pushed> await(int count) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (pushed.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + pushed.size() + " of " + count + " events came");
            }
            pause();
        }
        return pushed();
    }

    public static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pushed.add(new Pushed(
                    exchange.getRequestURI().getPath(),
                    token,
                    Map.copyOf(exchange.getRequestHeaders()),
                    System.nanoTime()));
            Reply now = reply;
            Thread.sleep(now.afterMillis());
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (now.status() == 302) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        goDown();
    }
}

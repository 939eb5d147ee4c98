package io.consentry.program.privacy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Listens where the service sends something, keeps what came, and hands it on to whoever it was for, if anybody. */
final class Recorder implements AutoCloseable {

    private static final Set<String> HOP =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade");

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Optional<URI> next;
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream bodies = new ByteArrayOutputStream();

    private Recorder(Optional<URI> next) throws IOException {
        this.next = next;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    /** One that answers 200 to everything. */
    static Recorder sink() throws IOException {
        return new Recorder(Optional.empty());
    }

    /** One that stands between the service and another address. */
    static Recorder before(URI next) throws IOException {
        return new Recorder(Optional.of(next));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Request lines and headers. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    byte[] bodies() {
        synchronized (bodies) {
            return bodies.toByteArray();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            heads.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().entrySet());
            synchronized (bodies) {
                bodies.write(body);
            }
            if (next.isEmpty()) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            answer.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            answer.headers()
                    .firstValue("retry-after")
                    .ifPresent(wait -> exchange.getResponseHeaders().set("Retry-After", wait));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        next.orElseThrow().resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

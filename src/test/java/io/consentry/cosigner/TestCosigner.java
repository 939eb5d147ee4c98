package io.consentry.cosigner;

import io.consentry.tlog.Policy;
import io.consentry.tlog.VerifierKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A witness of ours over a socket, in this JVM. */
public final class TestCosigner implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> journal = new ConcurrentLinkedQueue<>();
    private final Cosigner cosigner;
    private final CosignerServer server;
    private final String name;

    public TestCosigner(Path folder, String name, TestLog log) throws IOException {
        this(folder, name, Policy.parse(log.policy()));
    }

    public TestCosigner(Path folder, String name, Policy logs) throws IOException {
        this.name = name;
        this.cosigner = new Cosigner(folder, name, logs, InstantSource.system());
        this.server = new CosignerServer(cosigner, new InetSocketAddress("127.0.0.1", 0), "", journal::add);
        server.start();
    }

    public int port() {
        return server.port();
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public List<VerifierKey> keys() {
        return cosigner.verifiers();
    }

    public Queue<String> journal() {
        return journal;
    }

    /** The line of a policy that names it by its key of Ed25519. */
    public String policyLine(String as) {
        return "witness " + as + ' ' + keys().getFirst() + ' ' + url() + '\n';
    }

    public HttpResponse<String> add(String body) {
        return add(body.getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> add(byte[] body) {
        return send(
                HttpRequest.newBuilder(URI.create(url() + "/add-checkpoint")).POST(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    @Override
    public String toString() {
        return name;
    }
}

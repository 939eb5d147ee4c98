package io.consentry.witness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server under the address of a witness that answers whatever it is told to, or nothing. */
final class HostileWitness implements AutoCloseable {

    private final HttpServer server;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    private HostileWitness(int status, String body, boolean isSilent) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            if (isSilent) {
                await();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    static HostileWitness answering(int status, String body) throws IOException {
        return new HostileWitness(status, body, false);
    }

    static HostileWitness silent() throws IOException {
        return new HostileWitness(200, "", true);
    }

    private void await() {
        try {
            boolean unused = over.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
    }
}

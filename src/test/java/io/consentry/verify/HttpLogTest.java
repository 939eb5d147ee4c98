package io.consentry.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log over HTTP, served well and by somebody hostile. */
class HttpLogTest {

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aLogIsVerifiedFromItsAddressAlone() {
        TestLog log = new TestLog(folder).write(66_000);
        log.put("policy", log.policy().getBytes(StandardCharsets.UTF_8));
        files("/ledger", false);

        LogReport report = Replica.check(base() + "/ledger/", Optional.empty(), Optional.empty());

        assertThat(report.problems()).isEmpty();
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(66_000);
        assertThat(report.trust().origin()).isEqualTo(Trust.Origin.FIRST_USE);
    }

    @Test
    void oneOfSeveralLogsFindsItsKeysOneLevelAbove() {
        TestLog log = new TestLog(folder.resolve("1")).write(3);
        new TestLog(folder).put("policy", log.policy().getBytes(StandardCharsets.UTF_8));
        files("/ledger", false);

        assertThat(Replica.check(base() + "/ledger/1", Optional.empty(), Optional.empty())
                        .problems())
                .isEmpty();
    }

    @Test
    void compressedFilesAreUnpacked() {
        TestLog log = new TestLog(folder).write(300);
        files("/", true);

        assertThat(Replica.check(base(), Optional.of(log.trust()), Optional.empty())
                        .problems())
                .isEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() {
        var asked = new AtomicInteger();
        server.createContext("/elsewhere", exchange -> asked.incrementAndGet());
        server.createContext("/log", exchange -> {
            exchange.getResponseHeaders().set("Location", base() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });

        assertThatThrownBy(() -> read("/log", 100))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("redirects are not followed");
        assertThat(asked).hasValue(0);
    }

    @Test
    void noMoreIsTakenThanWasAskedFor() {
        server.createContext("/log", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            endless(exchange.getResponseBody());
        });

        assertThat(read("/log", 8192).orElseThrow()).hasSize(8193);
    }

    @Test
    void norWhenItIsPacked() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[1_000_000]);
        }
        server.createContext("/log", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            exchange.close();
        });

        assertThat(read("/log", 8192).orElseThrow()).hasSize(8193);
    }

    @Test
    void nobodyIsWaitedForLongHoweverSlowlyItComes() {
        server.createContext("/log", exchange -> {
            exchange.sendResponseHeaders(200, 8192);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });

        assertThatThrownBy(() -> read("/log", 8192))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("took longer than");
    }

    @Test
    void norHeadersThatNeverEnd() throws IOException {
        try (var hostile = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var log =
                        new HttpLog(URI.create("http://127.0.0.1:" + hostile.getLocalPort()), Duration.ofMillis(500))) {
            threads.submit(() -> {
                try (Socket socket = hostile.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        socket.getOutputStream().write('x');
                        Thread.sleep(20);
                    }
                }
            });

            assertThatThrownBy(() -> log.read("checkpoint", 100))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("took longer than");
        }
    }

    @Test
    void aFailureIsNoFaultOfTheLog() {
        server.createContext("/log", exchange -> exchange.sendResponseHeaders(503, -1));

        assertThatThrownBy(() -> read("/log", 100))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("answered 503");
        server.stop(0);
        assertThatThrownBy(() -> read("/log", 100)).isInstanceOf(UnreachableException.class);
    }

    private Optional<byte[]> read(String path, int most) {
        try (var log = new HttpLog(URI.create(base()), Duration.ofMillis(500))) {
            return log.read(path.substring(1), most);
        }
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void files(String path, boolean isPacked) {
        HttpHandler files = exchange -> {
            String asked = exchange.getRequestURI().getPath().substring(path.length());
            answer(exchange, new FolderLog(folder).read(asked.replaceFirst("^/", ""), 1 << 20), isPacked);
        };
        server.createContext(path, files);
    }

    private static void answer(HttpExchange exchange, Optional<byte[]> file, boolean isPacked) throws IOException {
        try (exchange) {
            if (file.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var body = new ByteArrayOutputStream();
            try (OutputStream out = isPacked ? new GZIPOutputStream(body) : body) {
                out.write(file.get());
            }
            if (isPacked) {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            }
            exchange.sendResponseHeaders(200, body.size() == 0 ? -1 : body.size());
            exchange.getResponseBody().write(body.toByteArray());
        }
    }

    private static void endless(OutputStream out) throws IOException {
        byte[] some = new byte[4096];
        while (true) {
            out.write(some);
        }
    }
}

package io.consentry.cosigner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.consentry.tlog.AddCheckpoint;
import io.consentry.tlog.SignedNote;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two addresses of a witness over HTTP. Whatever comes is answered by a status of the specification, or the connection ends. */
final class CosignerServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Pattern LAST = Pattern.compile("/([0-9a-f]{64})/checkpoint");

    /** Bodies that are read or judged at once; more are turned away, not queued. */
    private static final int AT_ONCE = 256;

    private final Cosigner cosigner;
    private final String prefix;
    private final Consumer<String> journal;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * Listens, and answers once started.
     *
     * @param prefix what stands before the addresses; empty, or begins with a slash and ends with none
     * @param journal takes a sentence for whoever runs the witness
     */
    CosignerServer(Cosigner cosigner, InetSocketAddress at, String prefix, Consumer<String> journal)
            throws IOException {
        this.cosigner = cosigner;
        this.prefix = prefix;
        this.journal = journal;
        this.http = HttpServer.create(at, 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
    }

    void start() {
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                send(exchange, 503, TEXT, "busy\n");
                return;
            }
            try {
                route(exchange);
            } catch (IllegalStateException e) {
                journal.accept(e.getMessage());
                send(exchange, 503, TEXT, "this witness cannot rely on what it has kept\n");
            } finally {
                places.release();
            }
        } catch (RuntimeException e) {
            journal.accept("A request ended in a fault of this program: " + e);
            throw e;
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        Matcher last = LAST.matcher(path.startsWith(prefix) ? path.substring(prefix.length()) : "");
        if (path.equals(prefix + "/add-checkpoint")) {
            if (allowed(exchange, method, "POST")) {
                add(exchange);
            }
        } else if (last.matches()) {
            if (allowed(exchange, method, "GET")) {
                Optional<String> note = cosigner.last(last.group(1)).map(SignedNote::format);
                send(exchange, note.isPresent() ? 200 : 404, TEXT, note.orElse("nothing of this log was cosigned\n"));
            }
        } else {
            send(exchange, 404, TEXT, "nothing is here\n");
        }
    }

    private void add(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
        if (body.length > AddCheckpoint.MAX_BYTES) {
            send(exchange, 413, TEXT, "at most " + AddCheckpoint.MAX_BYTES + " bytes\n");
            return;
        }
        switch (answer(body)) {
            case Answer.Cosigned(String lines) -> send(exchange, 200, TEXT, lines);
            case Answer.Malformed(String why) -> send(exchange, 400, TEXT, why + '\n');
            case Answer.Untrusted untrusted ->
                send(exchange, 403, TEXT, "not signed by a key that is believed for this log\n");
            case Answer.UnknownLog unknown -> send(exchange, 404, TEXT, "a log that is not known here\n");
            case Answer.OtherSize(long size) -> send(exchange, 409, AddCheckpoint.SIZE_TYPE, size + "\n");
            case Answer.Inconsistent inconsistent -> {
                journal.accept("A log has signed a checkpoint that was not shown to go on from the last one.");
                send(exchange, 422, TEXT, "not shown to go on from the last one\n");
            }
        }
    }

    /** What could not be kept was not cosigned. */
    private Answer answer(byte[] body) {
        try {
            return cosigner.add(body);
        } catch (IOException e) {
            throw new IllegalStateException("What was cosigned cannot be kept: " + e, e);
        }
    }

    private static boolean allowed(HttpExchange exchange, String method, String wanted) throws IOException {
        if (method.equals(wanted)) {
            return true;
        }
        exchange.getResponseHeaders().set("Allow", wanted);
        send(exchange, 405, TEXT, "only " + wanted + "\n");
        return false;
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
        if (!isHead) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    /** Takes no more requests; those under way end. */
    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}

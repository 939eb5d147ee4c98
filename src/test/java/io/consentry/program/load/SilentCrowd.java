package io.consentry.program.load;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that say nothing, or begin something and stop; each is opened anew when it is closed. */
final class SilentCrowd implements AutoCloseable {

    private static final List<String> BEGINNINGS = List.of(
            "",
            "GET /fapi/userinfo HTTP/1.1\r\nHost: localhost\r\nX-Part: ",
            "POST /fapi/par HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 60000\r\n\r\n");

    private final NetClient client;
    private final URI node;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean over;

    SilentCrowd(Vertx vertx, URI node, int size) {
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(5_000));
        this.node = node;
        for (int i = 0; i < size; i++) {
            open(BEGINNINGS.get(i % BEGINNINGS.size()));
        }
    }

    int openNow() {
        return open.get();
    }

    private void open(String beginning) {
        if (over) {
            return;
        }
        client.connect(node.getPort(), node.getHost())
                .onSuccess(socket -> {
                    open.incrementAndGet();
                    socket.closeHandler(closed -> {
                        open.decrementAndGet();
                        open(beginning);
                    });
                    if (!beginning.isEmpty()) {
                        socket.write(beginning);
                    }
                })
                .onFailure(refused -> open(beginning));
    }

    @Override
    public void close() {
        over = true;
        client.close().toCompletionStage().toCompletableFuture().join();
    }
}

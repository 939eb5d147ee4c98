package io.consentry.program.load;

import com.sun.management.OperatingSystemMXBean;
import io.consentry.program.load.Releases.Signed;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends releases from one event loop, without retries. */
final class Generator implements AutoCloseable {

    private static final int TICK_MILLIS = 5;
    private static final int MOST_CONNECTIONS = 3_000;

    /** Longer than an answer may take, so that one that does is seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final URI node;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Generator(URI node) {
        this.node = node;
    }

    Vertx vertx() {
        return vertx;
    }

    /** As many callers, each of whom asks again when it is answered: what honest banks do. */
    Outcome closedLoop(List<Signed> requests, int callers, Duration time) {
        return run(callers, (client, outcome, over) -> {
            Iterator<Signed> all = requests.iterator();
            long end = System.nanoTime() + time.toNanos();
            var open = new int[] {callers};
            for (int i = 0; i < callers; i++) {
                next(client, all, end, outcome, open, over);
            }
        });
    }

    private void next(
            HttpClient client,
            Iterator<Signed> all,
            long end,
            Outcome outcome,
            int[] open,
            CompletableFuture<Void> over) {
        if (System.nanoTime() >= end || !all.hasNext()) {
            if (--open[0] == 0) {
                over.complete(null);
            }
            return;
        }
        send(client, all.next(), System.nanoTime(), outcome, () -> next(client, all, end, outcome, open, over));
    }

    /** So many a second, evenly, whatever comes back: what a crowd does. All of the requests are sent. */
    Outcome openLoop(List<Signed> requests, double perSecond) {
        return run(MOST_CONNECTIONS, (client, outcome, over) -> {
            Iterator<Signed> all = requests.iterator();
            long begin = System.nanoTime();
            var count = new int[2]; // sent, answered
            vertx.setPeriodic(TICK_MILLIS, tick -> {
                long due = (long) ((System.nanoTime() - begin) / 1e9 * perSecond);
                while (count[0] < due && all.hasNext()) {
                    long dueAt = begin + (long) (count[0]++ / perSecond * 1e9);
                    send(client, all.next(), dueAt, outcome, () -> {
                        if (++count[1] == requests.size()) {
                            over.complete(null);
                        }
                    });
                }
                if (!all.hasNext()) {
                    vertx.cancelTimer(tick);
                }
            });
        });
    }

    private interface Load {
        void begin(HttpClient client, Outcome outcome, CompletableFuture<Void> over);
    }

    private Outcome run(int connections, Load load) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setMaxPoolSize(connections)
                .setConnectTimeout((int) PATIENCE.toMillis()));
        var outcome = new Outcome();
        var over = new CompletableFuture<Void>();
        long begin = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        vertx.runOnContext(start -> load.begin(client, outcome, over));
        over.join();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cores = (system.getProcessCpuTime() - cpu) / 1e9 / seconds;
        client.close().toCompletionStage().toCompletableFuture().join();
        return outcome.over(seconds, cores);
    }

    private void send(HttpClient client, Signed signed, long dueAt, Outcome outcome, Runnable then) {
        client.request(HttpMethod.GET, node.getPort(), node.getHost(), "/fapi/userinfo")
                .compose(request -> request.setTimeout(PATIENCE.toMillis())
                        .putHeader("Authorization", signed.authorization())
                        .putHeader("DPoP", signed.proof())
                        .send())
                .compose(response -> response.end().map(response.statusCode()))
                .onComplete(answer -> {
                    long millis = (System.nanoTime() - dueAt) / 1_000_000;
                    if (answer.succeeded()) {
                        outcome.answered(answer.result(), millis);
                    } else {
                        outcome.failed(answer.cause(), millis);
                    }
                    then.run();
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

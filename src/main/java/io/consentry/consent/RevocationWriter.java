package io.consentry.consent;

import io.consentry.ledger.InStep;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Writes down, grant by grant, what orders have ended. Nothing depends on it but the entries: whether a grant stands is
 * judged when it is read.
 *
 * <p>Every node runs it, in a few lanes. Each lane starts somewhere in the order of grants, takes batches, passes over what
 * others have locked, and goes round once; a last pass waits for whatever was locked. Where it stands is in the rows
 * themselves: a lane that is killed loses its open batch, which rolls back whole, and whoever comes next takes it.
 */
@ApplicationScoped
class RevocationWriter {

    private static final Logger LOG = Logger.getLogger(RevocationWriter.class);

    /** Few enough that a release of another order's grant waits for a batch no longer than for a slow disk. */
    static final int BATCH = 1000;

    private static final int LANES = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    private final OrderStore orders;
    private final MassEnds ends;
    private final InStep database;
    private final InstantSource clock;

    RevocationWriter(OrderStore orders, MassEnds ends, InStep database, InstantSource clock) {
        this.database = database;
        this.orders = orders;
        this.ends = ends;
        this.clock = clock;
    }

    /** One batch: how many rows were looked at, and where the next one begins. */
    private record Batch(int rows, UUID next) {

        boolean isFull() {
            return rows == BATCH;
        }
    }

    /** Finishes every open order, the oldest first. */
    @Scheduled(every = "2s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void follow() throws InterruptedException {
        if (!database.isInStep()) {
            return;
        }
        List<Long> open = QuarkusTransaction.requiringNew().call(orders::open);
        for (long id : open) {
            Optional<RevocationOrder> order = QuarkusTransaction.requiringNew().call(() -> orders.find(id));
            if (order.isPresent()) {
                follow(order.get());
            }
        }
    }

    /** Goes round in all lanes, then once more for what was locked meanwhile, and closes the order. */
    void follow(RevocationOrder order) throws InterruptedException {
        Optional<OrderStore.Span> span = QuarkusTransaction.requiringNew().call(() -> orders.unwritten(order));
        Callable<Boolean> lane = () -> goRound(order, span);
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            for (Future<Boolean> each :
                    lanes.invokeAll(Stream.generate(() -> lane).limit(LANES).toList())) {
                each.get();
            }
            passOver(order, OrderStore.FIRST, false);
            QuarkusTransaction.requiringNew().run(() -> orders.complete(order, clock.instant()));
        } catch (ExecutionException e) {
            // Its batch rolled back whole; the next run takes it again.
            LOG.warnf("Writing what order %d has ended stopped and will go on: %s", order.id(), e.getCause());
        }
    }

    private boolean goRound(RevocationOrder order, Optional<OrderStore.Span> span) {
        span.ifPresent(grants -> {
            passOver(order, grants.somewhere(ThreadLocalRandom.current()), true);
            passOver(order, OrderStore.FIRST, true);
        });
        return true;
    }

    private void passOver(RevocationOrder order, UUID from, boolean passOverLocked) {
        Batch batch = new Batch(BATCH, from);
        while (batch.isFull()) {
            UUID begin = batch.next();
            batch = QuarkusTransaction.requiringNew().call(() -> write(order, begin, passOverLocked));
        }
    }

    /**
     * One batch. Commit point: before it none of its ends is written, after it all are, each with its entry; either way all
     * of them have ended.
     */
    private Batch write(RevocationOrder order, UUID from, boolean passOverLocked) {
        List<ConsentRow> grants = orders.lockUnwritten(order, from, BATCH, passOverLocked);
        if (grants.isEmpty()) {
            return new Batch(0, from);
        }
        int written = ends.write(grants);
        orders.progress(order, written);
        return new Batch(grants.size(), after(grants.getLast().grantId));
    }

    /** The next identifier in PostgreSQL's order, which is that of unsigned bytes. */
    private static UUID after(UUID id) {
        long low = id.getLeastSignificantBits() + 1;
        return new UUID(low == 0 ? id.getMostSignificantBits() + 1 : id.getMostSignificantBits(), low);
    }
}

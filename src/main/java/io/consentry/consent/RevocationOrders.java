package io.consentry.consent;

import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Ends many grants at one stroke. With the commit of {@link #place} every grant that the order covers has ended: no release
 * under any of them commits later, and whoever reads one finds it ended. The entries of the single grants follow, written by
 * {@link RevocationWriter} or by whoever touches one first.
 */
@ApplicationScoped
public class RevocationOrders {

    private final OrderStore orders;
    private final RevocationWriter writer;
    private final InstantSource clock;

    RevocationOrders(OrderStore orders, RevocationWriter writer, InstantSource clock) {
        this.orders = orders;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * How far the entries of an order are written.
     *
     * @param expected how many grants stood shortly before it was placed
     * @param ended how many ends were written in batches; the rest were written when somebody read them
     */
    public record Progress(RevocationOrder order, long expected, long ended, Optional<Instant> completedAt) {}

    /** How many grants an order would end now. */
    @Transactional
    public long count(Covers covers) {
        return orders.count(covers);
    }

    /**
     * Places an order. Commit point: before it nothing has ended; after it all of it has. The caller must have made sure that
     * whoever asks may do so.
     *
     * @param placedBy who asks, for the record
     * @param atMost how many it may end; raises {@code invalid_parameter} if it would end more, and nothing was done. Those that
     *     are given in the instant before it takes effect are not counted
     * @throws IllegalArgumentException for a reason that no office may give
     */
    @Transactional
    public RevocationOrder place(Covers covers, Reason reason, String placedBy, long atMost) {
        long expected = orders.count(covers);
        if (expected > atMost) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "Now there are " + expected + ". Nothing was done.")
                    .expecting("at most " + atMost, Long.toString(expected))
                    .raise();
        }
        orders.holdAllOff(); // from here to the commit, every release waits
        var order = new RevocationOrder(orders.nextId(), covers, reason, placedBy, clock.instant());
        orders.insert(order, expected);
        return order;
    }

    /** How far an order's entries are written; empty for one that never was. */
    @Transactional
    public Optional<Progress> progress(long id) {
        return orders.find(id).flatMap(orders::progress);
    }

    /** Writes entries of an order beside the nodes that do so, or alone, until all are written; not in a transaction. */
    public void help(RevocationOrder order) throws InterruptedException {
        writer.follow(order);
    }
}

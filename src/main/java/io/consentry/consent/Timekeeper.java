package io.consentry.consent;

import io.consentry.database.Batches;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.ServiceClock;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Writes down in the ledger what time has ended. Nothing depends on it: whether a consent holds is judged whenever it is
 * read, and this only sees to it that the entry of an abandoned request or an expired consent does not wait for a reader.
 * While the clock is in doubt they wait.
 */
@ApplicationScoped
class Timekeeper {

    private static final Logger LOG = Logger.getLogger(Timekeeper.class);
    private static final int BATCH = 500;

    private final Consents consents;
    private final AmendmentRequests amendments;
    private final Overdue overdue;

    Timekeeper(Consents consents, AmendmentRequests amendments, Overdue overdue) {
        this.consents = consents;
        this.amendments = amendments;
        this.overdue = overdue;
    }

    @Scheduled(
            every = "10s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = ServiceClock.InDoubt.class)
    void record() {
        each(overdue::requests, id -> consents.settle(new GrantId(id)));
        each(overdue::grants, id -> consents.settle(new GrantId(id)));
        each(overdue::amendments, id -> amendments.settle(new AmendmentId(id)));
    }

    /** Walks past what cannot be settled: a row that somebody changed stays as it is, and is in nobody's way. */
    private static void each(Function<Due, List<Due>> after, Consumer<UUID> settle) {
        Batches.walk(Due.BEFORE_ALL, after, due -> settle(due.id(), settle));
    }

    /** One that cannot be settled, for example since its person was erased, holds up no other. */
    private static void settle(UUID id, Consumer<UUID> settle) {
        try {
            settle.accept(id);
        } catch (RuntimeException e) {
            LOG.warnf("What time has ended could not be written down for %s: %s", id, e.getMessage());
        }
    }

    /** What was to end at a time. */
    record Due(Instant at, UUID id) {

        static final Due BEFORE_ALL = new Due(Instant.EPOCH, new UUID(0, 0));
    }

    /**
     * Finds what is overdue, each in a transaction of its own: in the order of the indexes over what still stands by its time,
     * so that a look costs what there is to do and not what there ever was.
     */
    @ApplicationScoped
    static class Overdue {

        private static final String OPEN = "'requested', 'presented'";
        private static final String STANDING = "'active', 'paused'";
        private static final String DUE = """
                select %1$s, %2$s from %3$s
                where state in (%4$s) and %1$s <= least((select service_time()), :now) and (%1$s, %2$s) > (:at, :id)
                order by %1$s, %2$s limit :limit""";

        private final StatelessSession session;
        private final InstantSource clock;

        Overdue(StatelessSession session, InstantSource clock) {
            this.session = session;
            this.clock = clock;
        }

        @Transactional
        List<Due> requests(Due after) {
            return batch(DUE.formatted("lapses_at", "grant_id", "consent", OPEN), after);
        }

        @Transactional
        List<Due> grants(Due after) {
            return batch(DUE.formatted("expires_at", "grant_id", "consent", STANDING), after);
        }

        @Transactional
        List<Due> amendments(Due after) {
            return batch(DUE.formatted("lapses_at", "id", "amendment", OPEN), after);
        }

        private List<Due> batch(String query, Due after) {
            return session
                    .createNativeQuery(query, Object[].class)
                    .setParameter("at", after.at())
                    .setParameter("id", after.id())
                    .setParameter("now", clock.instant())
                    .setParameter("limit", BATCH)
                    .getResultList()
                    .stream()
                    .map(row -> new Due((Instant) row[0], (UUID) row[1]))
                    .toList();
        }
    }
}

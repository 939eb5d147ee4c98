package io.consentry.consent;

import io.consentry.kernel.GrantId;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.StatelessSession;

/**
 * Writes down in the ledger what time has ended. Nothing depends on it: whether a consent holds is judged whenever it is
 * read, and this only sees to it that the entry of an abandoned request or an expired consent does not wait for a reader.
 */
@ApplicationScoped
class Timekeeper {

    private static final int BATCH = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final Consents consents;
    private final AmendmentRequests amendments;
    private final Overdue overdue;

    Timekeeper(Consents consents, AmendmentRequests amendments, Overdue overdue) {
        this.consents = consents;
        this.amendments = amendments;
        this.overdue = overdue;
    }

    @Scheduled(every = "10s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void record() {
        each(overdue::grants, id -> consents.settle(new GrantId(id)));
        each(overdue::amendments, id -> amendments.settle(new AmendmentId(id)));
    }

    /** Walks past what cannot be settled: a row that somebody changed stays as it is, and is in nobody's way. */
    private static void each(Function<UUID, List<UUID>> after, Consumer<UUID> settle) {
        List<UUID> batch = after.apply(FIRST);
        while (!batch.isEmpty()) {
            batch.forEach(settle);
            batch = after.apply(batch.getLast());
        }
    }

    /** Finds what is overdue, in a transaction of its own. */
    @ApplicationScoped
    static class Overdue {

        private final StatelessSession session;
        private final InstantSource clock;

        Overdue(StatelessSession session, InstantSource clock) {
            this.session = session;
            this.clock = clock;
        }

        @Transactional
        List<UUID> grants(UUID after) {
            return batch("""
                    select grant_id from consent
                    where grant_id > :after
                      and (state in ('requested', 'presented') and lapses_at <= :now
                           or state in ('active', 'paused') and expires_at <= :now)
                    order by grant_id limit :limit""", after);
        }

        @Transactional
        List<UUID> amendments(UUID after) {
            return batch("""
                    select id from amendment
                    where id > :after and state in ('requested', 'presented') and lapses_at <= :now
                    order by id limit :limit""", after);
        }

        private List<UUID> batch(String query, UUID after) {
            return session.createNativeQuery(query, UUID.class)
                    .setParameter("after", after)
                    .setParameter("now", clock.instant())
                    .setParameter("limit", BATCH)
                    .getResultList();
        }
    }
}

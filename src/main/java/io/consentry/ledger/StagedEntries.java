package io.consentry.ledger;

import io.consentry.health.Backlog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Committed entries that wait for their place in the order: normally for a tenth of a second. */
@ApplicationScoped
class StagedEntries implements Backlog {

    /** The first of the queue stands for its oldest: identifiers are given out in order, and one statement reads no more. */
    private static final String AGE = """
            select cast(extract(epoch from clock_timestamp() - staged_at) as float8)
            from ledger_staged order by commitment_id limit 1""";

    private final StatelessSession session;

    StagedEntries(StatelessSession session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "ledger entries";
    }

    @Override
    public Duration bound() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Optional<Duration> oldest() {
        return Backlog.age(session.createNativeQuery(AGE, Double.class));
    }
}

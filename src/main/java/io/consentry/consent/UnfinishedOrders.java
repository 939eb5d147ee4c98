package io.consentry.consent;

import io.consentry.health.Backlog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * Orders whose entries are not all written. What they end has ended the moment they are placed; a million entries take about
 * a minute.
 */
@ApplicationScoped
class UnfinishedOrders implements Backlog {

    private static final String AGE = """
            select cast(extract(epoch from clock_timestamp() - min(o.placed_at)) as float8)
            from revocation_progress p join revocation_order o on o.id = p.order_id
            where p.completed_at is null""";

    private final StatelessSession session;

    UnfinishedOrders(StatelessSession session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "revocation orders";
    }

    @Override
    public Duration bound() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Optional<Duration> oldest() {
        return Backlog.age(session.createNativeQuery(AGE, Double.class));
    }
}

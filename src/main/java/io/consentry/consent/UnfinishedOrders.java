package io.consentry.consent;

import io.consentry.health.Backlog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Orders whose entries are not all written. What they end has ended the moment they are placed; a million entries take about
 * a minute.
 */
@Singleton
class UnfinishedOrders {

    @Produces
    @Singleton
    Backlog orders() {
        return new Backlog("revocation orders", Duration.ofMinutes(5), """
                select cast(extract(epoch from clock_timestamp() - min(o.placed_at)) as float8)
                from revocation_progress p join revocation_order o on o.id = p.order_id
                where p.completed_at is null""");
    }
}

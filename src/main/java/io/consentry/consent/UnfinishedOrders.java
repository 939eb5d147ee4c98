package io.consentry.consent;

import static io.consentry.schema.RevocationOrderTable.REVOCATION_ORDER;
import static io.consentry.schema.RevocationProgressTable.REVOCATION_PROGRESS;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

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
        return new Backlog(
                "revocation orders",
                Duration.ofMinutes(5),
                select(min(REVOCATION_ORDER.PLACED_AT))
                        .from(REVOCATION_PROGRESS)
                        .join(REVOCATION_ORDER)
                        .on(REVOCATION_ORDER.ID.eq(REVOCATION_PROGRESS.ORDER_ID))
                        .where(REVOCATION_PROGRESS.COMPLETED_AT.isNull()));
    }
}

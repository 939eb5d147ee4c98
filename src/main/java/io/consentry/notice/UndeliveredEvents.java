package io.consentry.notice;

import static io.consentry.schema.EventReceiverTable.EVENT_RECEIVER;
import static io.consentry.schema.NoticeTable.NOTICE;
import static io.consentry.schema.Routines.ledgerOutboxSince;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import io.consentry.health.Backlog;
import io.consentry.schema.NoticeTable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Record1;
import org.jooq.Table;

/**
 * Events that could be pushed now and are not. Those of a receiver that does not answer are its own affair, and those that
 * wait for an earlier one of their grant are not due.
 */
@Singleton
class UndeliveredEvents {

    @Produces
    @Singleton
    Backlog events() {
        NoticeTable n = NOTICE.as("n");
        Table<Record1<Instant>> oldest = select(n.DUE_AT)
                .from(n)
                .where(n.CLIENT_ID.eq(EVENT_RECEIVER.CLIENT_ID))
                .and(Outbox.isDue(n, currentInstant()))
                .orderBy(n.DUE_AT)
                .limit(1)
                .asTable("oldest");
        return new Backlog(
                "events",
                Duration.ofMinutes(2),
                select(least(min(oldest.field(n.DUE_AT)), ledgerOutboxSince()))
                        .from(EVENT_RECEIVER)
                        .crossJoin(lateral(oldest))
                        .where(EVENT_RECEIVER.METHOD.eq("push"))
                        .and(EVENT_RECEIVER.FAILURES.eq(0)));
    }
}

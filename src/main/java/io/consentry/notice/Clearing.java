package io.consentry.notice;

import static io.consentry.schema.NoticeTable.NOTICE;

import io.consentry.database.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What goes of the outbox: events that were delivered, after a time. What is not acknowledged stays for ever. */
@Singleton
class Clearing {

    @Produces
    @Singleton
    Sweep delivered(NoticeSettings settings) {
        return Sweep.past(
                NOTICE.SETTLED_AT,
                NOTICE.SETTLED_AT.isNotNull().and(NOTICE.ERROR.isNull()),
                settings.keepDelivered(),
                "the entry in the ledger says that it was told");
    }
}

package io.consentry.notice;

import io.consentry.kernel.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What goes of the outbox: events that were delivered, after a time. What is not acknowledged stays for ever. */
@Singleton
class Clearing {

    @Produces
    @Singleton
    Sweep delivered(NoticeSettings settings) {
        return Sweep.past(
                "notice",
                "settled_at",
                "settled_at is not null and error is null",
                settings.keepDelivered(),
                "the entry in the ledger says that it was told");
    }
}

package io.consentry.publication;

import io.consentry.database.StartRefusal;
import io.consentry.kernel.Settings;
import io.consentry.ledger.LedgerOrder;
import io.consentry.tlog.InconsistentTreeException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/** A node that would have to refuse every request, or whose store cannot keep it from another, does not start. */
@ApplicationScoped
class PublicationCheck {

    private final Publisher publisher;
    private final LedgerOrder order;
    private final LogStore store;
    private final Settings settings;

    PublicationCheck(Publisher publisher, LedgerOrder order, LogStore store, Settings settings) {
        this.publisher = publisher;
        this.order = order;
        this.store = store;
        this.settings = settings;
    }

    void check(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        if (!settings.serves()) {
            return;
        }
        StoreRules.check(store);
        for (LedgerOrder.Size log : order.sizes()) {
            try {
                publisher.verify(log);
            } catch (InconsistentTreeException e) {
                throw new StartRefusal("Log " + log.number() + ": " + e.getMessage() + "." + LogTrust.WHAT_TO_DO, e);
            }
        }
    }
}

package io.consentry.obligation;

import io.consentry.database.Batches;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.ServiceClock;
import io.consentry.ledger.InStep;
import io.consentry.obligation.ObligationStore.Due;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Writes into the ledger what has become overdue, and counts it for whoever watches the service. Nothing depends on it:
 * whether something is overdue is judged whenever it is read.
 */
@ApplicationScoped
class OverdueKeeper {

    private static final Logger LOG = Logger.getLogger(OverdueKeeper.class);
    private static final int BATCH = 500;

    private final Obligations obligations;
    private final ObligationStore store;
    private final ServiceClock clock;
    private final InStep database;
    private final AtomicLong overdue = new AtomicLong();

    OverdueKeeper(
            Obligations obligations, ObligationStore store, ServiceClock clock, InStep database, MeterRegistry meters) {
        this.database = database;
        this.obligations = obligations;
        this.store = store;
        this.clock = clock;
        meters.gauge("consentry.obligations.overdue", overdue);
    }

    @Scheduled(every = "10s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keep() {
        if (clock.isSteady() && database.isInStep()) { // what is overdue stands in the ledger for good
            record();
        }
        overdue.set(obligations.countOverdue());
    }

    private void record() {
        Batches.walk(Due.BEFORE_ALL, this::unrecorded, due -> record(new GrantId(due.grant())));
    }

    private List<Due> unrecorded(Due after) {
        return QuarkusTransaction.requiringNew().call(() -> store.unrecorded(after, BATCH));
    }

    /** One that cannot be recorded, for example since its person was erased, holds up no other. */
    private void record(GrantId grant) {
        try {
            obligations.recordOverdue(grant);
        } catch (RuntimeException e) {
            LOG.warnf("Of grant %s it could not be recorded that deletion is overdue: %s", grant, e.getMessage());
        }
    }
}

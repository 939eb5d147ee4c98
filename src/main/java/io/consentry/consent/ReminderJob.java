package io.consentry.consent;

import io.consentry.database.Batches;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.ServiceClock;
import io.consentry.ledger.InStep;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Sees to it that every reminder has its entry, each in a transaction of its own. Remembers nothing. */
@ApplicationScoped
class ReminderJob {

    private static final Logger LOG = Logger.getLogger(ReminderJob.class);
    private static final int BATCH = 500;
    private static final GrantId BEFORE_ALL = new GrantId(new UUID(0, 0));

    private final Reminders reminders;
    private final InStep database;

    ReminderJob(Reminders reminders, InStep database) {
        this.database = database;
        this.reminders = reminders;
    }

    @Scheduled(
            every = "1m",
            delayed = "20s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = ServiceClock.InDoubt.class)
    void record() {
        if (!database.isInStep()) {
            return;
        }
        Batches.walk(BEFORE_ALL, after -> reminders.due(after, BATCH), this::record);
    }

    /** One that cannot be recorded, for example since its person was erased, holds up no other. */
    private void record(GrantId grant) {
        try {
            reminders.record(grant);
        } catch (RuntimeException e) {
            LOG.warnf("A reminder of grant %s could not be recorded: %s", grant, e.getMessage());
        }
    }
}

package io.consentry.ledger;

import static io.consentry.schema.Routines.sequenceLedger;

import io.consentry.kernel.LogNumber;
import io.consentry.kernel.Settings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;

/**
 * Gives committed entries their dense index, log by log, a batch at a time.
 *
 * <p>Every node runs one; a transaction-long advisory lock lets only one work at a log. It sees committed rows only, so an entry
 * whose transaction commits late simply gets a later index, and gaps in the identity column do not matter.
 */
@ApplicationScoped
class Sequencer {

    private static final Logger LOG = Logger.getLogger(Sequencer.class);
    private static final int BATCH = 1024;
    private static final long PAUSE_MILLIS = 100;

    private final DSLContext sql;
    private final Logs logs;
    private final InStep database;
    private final Settings settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sequencer").factory());
    private boolean failing;

    Sequencer(DSLContext sql, Logs logs, InStep database, Settings settings) {
        this.database = database;
        this.sql = sql;
        this.logs = logs;
        this.settings = settings;
    }

    /** After everything that may refuse the start: one that fails must not end in the middle of this work. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent start) {
        if (!settings.serves()) {
            return;
        }
        var unused = thread.scheduleWithFixedDelay(this::run, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
            LOG.warn("The sequencer was stopped in the middle of a batch; the next start gives it out again");
        }
    }

    /** One statement when nothing waits, however many logs there are. */
    private void run() {
        if (!database.isInStep()) {
            return;
        }
        try {
            boolean failed = false;
            for (LogNumber log : logs.waiting()) {
                failed |= !isEmptied(log);
            }
            failing = failed;
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** A log that cannot be sequenced holds up no other. */
    private boolean isEmptied(LogNumber log) {
        try {
            int sequenced;
            do {
                sequenced = QuarkusTransaction.requiringNew().call(() -> sequence(log));
            } while (sequenced == BATCH);
            return true;
        } catch (RuntimeException e) {
            fail(e);
            return false;
        }
    }

    /** The batch rolled back whole; the same rows are tried again after the pause. */
    private void fail(RuntimeException e) {
        if (!failing) { // told once, or ten lines a second fill what may be a full disk
            LOG.warnf("Sequencing failed and will be tried again: %s", e.getMessage());
        }
        failing = true;
    }

    /**
     * Gives one batch of a log's queue the next indexes; the database lets nobody who serves take an entry out otherwise. Commit
     * point: before it nothing has moved, after it the whole batch has its indexes for ever.
     */
    int sequence(LogNumber log) {
        return sql.fetchValue(sequenceLedger(log.value(), BATCH));
    }
}

package io.consentry.consent;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Sees to it that every reminder has its entry, each in a transaction of its own. Remembers nothing. */
@ApplicationScoped
class ReminderJob {

    private static final int BATCH = 500;

    private final Reminders reminders;

    ReminderJob(Reminders reminders) {
        this.reminders = reminders;
    }

    @Scheduled(every = "1m", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void record() {
        reminders.due(BATCH).forEach(reminders::record);
    }
}

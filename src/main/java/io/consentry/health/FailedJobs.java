package io.consentry.health;

import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells of timed jobs that fail, in place of the scheduler, which logs a hundred lines each time. While the database is away every
 * job fails every few seconds: that is one line for each until it succeeds again. What is not the database's doing is told whole.
 */
@Singleton
class FailedJobs {

    private static final Logger LOG = Logger.getLogger(FailedJobs.class);

    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    void tell(@Observes FailedExecution failed) {
        String job = job(failed.getExecution());
        Optional<SQLException> database = Stream.iterate(failed.getException(), Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
        if (database.isEmpty()) {
            LOG.errorf(failed.getException(), "The job %s failed, and will be tried again", job);
        } else if (failing.add(job)) {
            LOG.warnf(
                    "The job %s cannot use the database (SQLSTATE %s) and will be tried again",
                    job, database.get().getSQLState());
        }
    }

    void forget(@Observes SuccessfulExecution done) {
        failing.remove(job(done.getExecution()));
    }

    /** Class and method, as the scheduler names what it runs. */
    private static String job(ScheduledExecution execution) {
        String description = String.valueOf(execution.getTrigger().getMethodDescription());
        return description.substring(description.lastIndexOf('.') + 1);
    }
}

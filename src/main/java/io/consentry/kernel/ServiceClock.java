package io.consentry.kernel;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The one clock of all nodes: that of the database. Whoever only wants to know the time injects {@link InstantSource}. What
 * is final goes by {@code service_time()}, read by the statement that decides, and is held against this clock by
 * {@link #now}: where both do not agree nothing is ended for good.
 */
public interface ServiceClock extends InstantSource {

    /** By then whoever watches the service may have done something about it. */
    Duration RETRY = Duration.ofSeconds(30);

    /**
     * What the time may be.
     *
     * @param read {@code service_time()}, as the statement read it that also read what is to be judged
     */
    Now now(Instant read);

    /** Whether nothing speaks against the clock. As long as something does, nothing is ended for good. */
    boolean isSteady();

    /**
     * What the time may be; one moment, unless the clock is in doubt.
     *
     * @param earliest what ends for good must have ended by then already
     * @param latest what opens something must not have ended by then
     */
    record Now(Instant earliest, Instant latest) {

        /** Beyond this, what is dated in the future was dated by a clock that was wrong. */
        private static final Duration TOLERANCE = Duration.ofMinutes(5);

        /** Whether a time has come by every clock: so that what ends then may be ended for good. */
        public boolean isSurelyPast(Instant time) {
            return !earliest.isBefore(time);
        }

        /** Whether a time has come. Raises {@code clock_in_doubt} when that depends on which clock is right. */
        public boolean isPast(Instant time) {
            if (!isSurelyPast(time) && !latest.isBefore(time)) {
                throw inDoubt();
            }
            return isSurelyPast(time);
        }

        /**
         * Whether what lives so long is alive: its end has not come, and is not so far away that it must have begun in the
         * future. Raises {@code clock_in_doubt} as {@link #isPast} does.
         */
        public boolean isAlive(Instant end, Duration life) {
            return !isPast(end) && !end.isAfter(latest.plus(life).plus(TOLERANCE));
        }

        /** The time; raises {@code clock_in_doubt} when it cannot be told. */
        public Instant certain() {
            if (!earliest.equals(latest)) {
                throw inDoubt();
            }
            return latest;
        }
    }

    /** The clock cannot be relied on now. */
    static FaultException inDoubt() {
        return Fault.of(
                        FaultCode.CLOCK_IN_DOUBT,
                        "The database's clock has jumped, or cannot be read. Try again later.")
                .suggesting("The operator confirms the time by scripts/operate clock accept, or puts it right.")
                .retryingAfter(RETRY)
                .raise();
    }

    /** Keeps a timed job that ends things for good from running while the clock is in doubt. */
    @Singleton
    final class InDoubt implements Scheduled.SkipPredicate {

        private final ServiceClock clock;

        InDoubt(ServiceClock clock) {
            this.clock = clock;
        }

        @Override
        public boolean test(ScheduledExecution execution) {
            return !clock.isSteady();
        }
    }
}

package io.consentry.database;

import java.time.Duration;
import java.time.Instant;

/**
 * One look at the database's clock.
 *
 * @param time what it said
 * @param mark the last time that a node wrote down while it had no doubt, or that an operator accepted
 * @param ahead how far the service's time is ahead of it
 * @param nanos when that was by {@link System#nanoTime}
 */
record Reading(Instant time, Instant mark, Duration ahead, long nanos) {

    /** What it says at another moment, if both clocks go alike. */
    Instant at(long moment) {
        return time.plusNanos(moment - nanos);
    }

    boolean isNear(Instant other, Duration bound) {
        return Duration.between(other, time).abs().compareTo(bound) <= 0;
    }
}

package io.consentry.health;

import java.time.Duration;
import java.util.Optional;
import org.hibernate.query.SelectionQuery;

/**
 * Work that was committed and is done later, judged by how long its oldest piece has waited: not by whether somebody tried.
 * All nodes share it, so a backlog that is too old makes the service degraded, and no node unready.
 */
public interface Backlog {

    /** What waits, in a word or two of lower case: a tag of the metric, and an entry of health. */
    String name();

    /** The age from which the service is degraded. */
    Duration bound();

    /** How long the oldest has waited, by the database's clock; empty when nothing waits. Asked within a transaction. */
    Optional<Duration> oldest();

    /** What a query that selects an age in seconds found; a row from a clock that is ahead has not waited yet. */
    static Optional<Duration> age(SelectionQuery<Double> seconds) {
        return seconds.getResultList().stream()
                .filter(age -> age != null)
                .findFirst()
                .map(age -> Duration.ofMillis(Math.max(0, Math.round(age * 1000))));
    }
}

package io.consentry.database;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the database has lately refused to write, for a reason that lasts: it answers whoever asks whether it is there, so only
 * those who were refused know.
 */
@Singleton
public class RefusedWrites {

    /** By SQLSTATE: no space is left, and nothing may be written (a replica, or a database that was made read-only). */
    private static final Set<String> LASTING = Set.of("53100", "25006");

    private static final Duration LATELY = Duration.ofSeconds(10);

    private volatile Optional<Long> last = Optional.empty();

    /** Notes what the database said of a write. */
    public void note(Set<String> states) {
        if (states.stream().anyMatch(LASTING::contains)) {
            last = Optional.of(System.nanoTime());
        }
    }

    /** Whether one was refused so a moment ago. */
    public boolean areRecent() {
        return last.filter(at -> System.nanoTime() - at < LATELY.toNanos()).isPresent();
    }
}

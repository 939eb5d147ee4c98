package io.consentry.publication;

import io.consentry.health.Outage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** How long this node has known of entries that no checkpoint covers: normally a second, and over half a minute it is told. */
@ApplicationScoped
class PublicationLag implements Outage {

    private static final Duration BOUND = Duration.ofSeconds(30);

    /** As {@code System.nanoTime} has it; empty while all is published. */
    private volatile OptionalLong behindSince = OptionalLong.empty();

    /** A round begins: whatever it does not get done has waited since now, or longer. */
    void begins() {
        if (behindSince.isEmpty()) {
            behindSince = OptionalLong.of(System.nanoTime());
        }
    }

    /** A round ended with everything published. */
    void isUpToDate() {
        behindSince = OptionalLong.empty();
    }

    /** How long; nothing while all is published. */
    Duration age() {
        OptionalLong since = behindSince;
        return since.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since.getAsLong());
    }

    @Override
    public Map<String, String> now() {
        Duration age = age();
        return age.compareTo(BOUND) < 0
                ? Map.of()
                : Map.of(
                        "ledger publication",
                        "Nothing was published for " + age.toSeconds() + " s: see the log for what the store says.");
    }
}

package io.consentry.consent;

import io.consentry.catalogue.Limits;
import io.consentry.catalogue.Limits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often a consent was used. Counted under the lock of its row, so that limits hold exactly, over all nodes.
 *
 * @param releases how often in all
 * @param window which period, counted from the first decision, the last release fell into
 * @param inWindow how many releases fell into that period
 */
public record Usage(long releases, Optional<Instant> lastReleaseAt, long window, long inWindow) {

    /** Never used. */
    public static final Usage NONE = new Usage(0, Optional.empty(), 0, 0);

    /** Whether one more release is permitted. */
    public sealed interface Next {

        /**
         * It is.
         *
         * @param after the usage with that release counted
         * @param last whether it is the last one ever
         */
        record Permitted(Usage after, boolean last) implements Next {}

        /** Not before the next period begins. */
        record TooOften(Duration retryAfter) implements Next {}

        /** Never again: all permitted releases were made. */
        record UsedUp() implements Next {}
    }

    /**
     * One more release.
     *
     * @param since when the grant was first decided: periods are counted from there, in UTC, and have all the same length
     */
    public Next next(Limits limits, Instant since, Instant now) {
        if (limits.isUsedUp(releases)) {
            return new Next.UsedUp();
        }
        // A clock that is behind another node's never opens a period that is already over.
        long period = limits.rate().map(rate -> periodsSince(since, now, rate)).orElse(0L);
        long current = Math.max(window, period);
        long before = current == window ? inWindow : 0;
        if (limits.rate().filter(rate -> before >= rate.releases()).isPresent()) {
            Duration length = limits.rate().orElseThrow().per();
            return new Next.TooOften(Duration.between(now, since.plus(length.multipliedBy(current + 1))));
        }
        var after = new Usage(releases + 1, Optional.of(now), current, before + 1);
        return new Next.Permitted(after, limits.isUsedUp(releases + 1));
    }

    /** The same uses, where periods of another length are counted from now on. */
    Usage inOtherPeriods() {
        return new Usage(releases, lastReleaseAt, 0, 0);
    }

    private static long periodsSince(Instant since, Instant now, Rate rate) {
        return Math.max(0, Duration.between(since, now).dividedBy(rate.per()));
    }
}

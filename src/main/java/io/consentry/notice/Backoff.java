package io.consentry.notice;

import java.time.Duration;

/** Waits that double, from the shortest to the longest, each cut at random so that receivers are not hit in waves. */
record Backoff(Duration shortest, Duration longest) {

    /**
     * How long to wait after an attempt.
     *
     * @param attempt 1 for the first
     * @param random from 0 to 1
     */
    Duration after(int attempt, double random) {
        int doublings = Math.clamp(attempt - 1L, 0, 30);
        Duration whole = min(longest, shortest.multipliedBy(1L << doublings));
        Duration cut = Duration.ofMillis(Math.round(whole.toMillis() * (0.5 + random / 2)));
        return cut.compareTo(shortest) < 0 ? shortest : cut;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

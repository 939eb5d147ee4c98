package io.consentry.launch;

import java.time.Duration;
import java.util.Locale;

/** Prints as the time since it was made, in seconds. */
public final class Stopwatch {

    private static final double MILLIS = 1000.0;

    private final long begin = System.nanoTime();

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f s",
                Duration.ofNanos(System.nanoTime() - begin).toMillis() / MILLIS);
    }
}

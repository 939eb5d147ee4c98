package io.consentry.testing;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The service's clock in tests: the true time, unless a test has moved it; {@link ScenarioCheck} puts it right after each
 * test. Times that clients write into assertions and proofs are judged by the system's clock and do not move with it.
 */
@ApplicationScoped
public class TestClock implements InstantSource {

    private final Clock system = Clock.systemUTC();
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return system.instant().plus(ahead);
    }

    /** Lets time pass for the service. */
    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Back to the true time. */
    public void reset() {
        ahead = Duration.ZERO;
    }
}

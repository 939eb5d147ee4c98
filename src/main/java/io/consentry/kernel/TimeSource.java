package io.consentry.kernel;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.InstantSource;

/** The clock that everything asks; tests replace it. */
final class TimeSource {

    private TimeSource() {}

    @Produces
    @DefaultBean
    @ApplicationScoped
    static InstantSource clock() {
        return Clock.systemUTC();
    }
}

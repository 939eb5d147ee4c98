package io.consentry.kernel;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.InstantSource;

/** The clock that everything asks, by injection, so that tests can replace it; what runs before there are beans asks here. */
public final class TimeSource {

    private TimeSource() {}

    @Produces
    @DefaultBean
    @ApplicationScoped
    public static InstantSource clock() {
        return Clock.systemUTC();
    }
}

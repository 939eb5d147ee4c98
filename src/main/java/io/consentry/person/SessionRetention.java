package io.consentry.person;

import io.consentry.kernel.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What goes of sessions: each when it expires, and what remembers that it was ended sooner. */
@Singleton
class SessionRetention {

    @Produces
    @Singleton
    Sweep sessions() {
        return Sweep.past("session", "expires_at", Duration.ZERO, "a cookie without a row is signed out");
    }

    /** What was ended would have expired by then anyway. */
    @Produces
    @Singleton
    Sweep ended() {
        return Sweep.byOwner(
                "ended_session",
                "forget_ended_sessions",
                Duration.ofHours(1),
                "a row that was put back stays shut, for as long as it could open anything");
    }
}

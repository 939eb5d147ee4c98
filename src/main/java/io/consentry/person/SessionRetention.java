package io.consentry.person;

import static io.consentry.schema.EndedSessionTable.ENDED_SESSION;
import static io.consentry.schema.Routines.forgetEndedSessions;
import static io.consentry.schema.SessionTable.SESSION;

import io.consentry.database.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What goes of sessions: each when it expires, and what remembers that it was ended sooner. */
@Singleton
class SessionRetention {

    @Produces
    @Singleton
    Sweep sessions() {
        return Sweep.past(SESSION.EXPIRES_AT, Duration.ZERO, "a cookie without a row is signed out");
    }

    /** What was ended would have expired by then anyway. */
    @Produces
    @Singleton
    Sweep ended() {
        return Sweep.byOwner(
                ENDED_SESSION,
                forgetEndedSessions(),
                Duration.ofHours(1),
                "a row that was put back stays shut, for as long as it could open anything");
    }
}

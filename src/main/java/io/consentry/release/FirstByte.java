package io.consentry.release;

import io.consentry.consent.Consent;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The moment between the commit of a release and its first byte. */
@ApplicationScoped
class FirstByte {

    /** An answer that has not begun by then is not given: what it says may no longer be so. */
    private static final Duration MAY_BEGIN_WITHIN = Duration.ofSeconds(2);

    private final ReleaseEntries entries;
    private final Event<ReleaseCommitted> committed;
    private final InstantSource clock;

    FirstByte(ReleaseEntries entries, Event<ReleaseCommitted> committed, InstantSource clock) {
        this.entries = entries;
        this.committed = committed;
        this.clock = clock;
    }

    /** Lets a committed release go, or, on the record, not go when it comes too late. */
    <R> ReleaseResult<R> begin(Consent.Active consent, R answer) {
        Instant at = clock.instant();
        committed.fire(
                new ReleaseCommitted(consent.terms().grantId(), consent.terms().clientId()));
        if (clock.instant().isAfter(at.plus(MAY_BEGIN_WITHIN))) {
            entries.recordAborted(consent);
            return new ReleaseResult.Refused<>(
                    Fault.of(FaultCode.RELEASE_ABORTED, "Nothing was sent. Please try again."));
        }
        return new ReleaseResult.Released<>(answer);
    }
}

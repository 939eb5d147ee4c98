package io.consentry.release;

import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.ledger.Draft;
import io.consentry.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The one short transaction of a release (promises 1 and 2): lock the grant's row, check that the consent is still the one
 * that was prepared for, append, commit.
 *
 * <p>Commit point. Before it, nothing was released and nothing is recorded. After it, the release is recorded, and a
 * withdrawal that commits later knows that this release came first. No withdrawal can lie in between: it needs the same lock.
 */
@ApplicationScoped
class ReleaseCommit {

    private final Consents consents;
    private final Ledger ledger;
    private final InstantSource clock;

    ReleaseCommit(Consents consents, Ledger ledger, InstantSource clock) {
        this.consents = consents;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What the check under the lock found. */
    sealed interface Result {

        /** Committed: the answer may leave. */
        record Committed() implements Result {}

        /** In force, but another version than the answer was made for; to be prepared again. */
        record Changed() implements Result {}

        /** No longer in force; nothing was recorded. */
        record Ended() implements Result {}
    }

    @Transactional
    public Result commit(Consent.Granted prepared, Draft entry) {
        Optional<Consent> now = consents.lockForRelease(prepared.terms().grantId());
        if (!(now.orElse(null) instanceof Consent.Granted current) || current.hasExpired(clock.instant())) {
            return new Result.Ended();
        }
        if (current.version() != prepared.version()) {
            return new Result.Changed();
        }
        consents.countRelease(prepared.terms().grantId(), entry.event().at());
        ledger.append(entry);
        return new Result.Committed();
    }
}

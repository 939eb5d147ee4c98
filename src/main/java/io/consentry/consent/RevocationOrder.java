package io.consentry.consent;

import io.consentry.kernel.ClientId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.LedgerEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An operator's order that ended, at one stroke, every grant that it covers and that stood when it was placed. Final, as
 * every end is.
 *
 * @param id counts up with every order
 * @param placedBy who ordered it, as the command knows them
 * @param placedAt when every covered grant ended, to the millisecond
 */
public record RevocationOrder(long id, Covers covers, Reason reason, String placedBy, Instant placedAt) {

    /** Which grants. */
    public sealed interface Covers {

        /** All of a client. */
        record OfClient(ClientId client) implements Covers {}

        /** All that were given for a purpose, in whatever version, to whatever client. */
        record OfPurpose(String code) implements Covers {}
    }

    public RevocationOrder {
        if (!reason.mayEndByOffice()) {
            throw new IllegalArgumentException("no reason for an office: " + reason);
        }
        placedAt = placedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The end of a grant that this covers: revoked, unless its time was up before. */
    Consent.Ended end(Consent.Standing standing) {
        return standing.end(standing.hasExpired(placedAt) ? Ending.EXPIRED : Ending.REVOKED, placedAt);
    }

    /** The ledger event of that end. */
    LedgerEvent event(Consent.Ended ended) {
        return ended.ending() == Ending.EXPIRED
                ? TransitionEvents.expired(ended, placedAt)
                : TransitionEvents.ended(ended, Actor.OPERATOR, reason);
    }
}

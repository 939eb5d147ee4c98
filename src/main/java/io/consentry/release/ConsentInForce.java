package io.consentry.release;

import io.consentry.authorization.Standing;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Finds the consent behind a token, and refuses, on the record, when it is not in force. */
@ApplicationScoped
class ConsentInForce {

    private final Consents consents;
    private final ReleaseEntries entries;
    private final InstantSource clock;

    ConsentInForce(Consents consents, ReleaseEntries entries, InstantSource clock) {
        this.consents = consents;
        this.entries = entries;
        this.clock = clock;
    }

    Consent.Granted require(Standing standing) {
        Consent consent =
                consents.find(standing.grantId()).orElseThrow(() -> nothing().raise());
        return switch (consent) {
            case Consent.Granted granted when !granted.hasExpired(clock.instant()) -> granted;
            case Consent.Granted granted -> {
                consents.settle(standing.grantId());
                throw refuse(standing, expired());
            }
            case Consent.Expired ended -> throw refuse(standing, expired());
            case Consent.Withdrawn ended ->
                throw refuse(
                        standing,
                        Fault.of(FaultCode.CONSENT_WITHDRAWN, "Nothing more is released under this grant.")
                                .suggesting("Ask the person again, or let them fill in the form by hand."));
            case Consent.Requested open -> throw refuse(standing, nothing());
            case Consent.Presented open -> throw refuse(standing, nothing());
            case Consent.Refused ended -> throw refuse(standing, nothing());
            case Consent.Lapsed ended -> throw refuse(standing, nothing());
        };
    }

    private RuntimeException refuse(Standing standing, Fault fault) {
        consents.find(standing.grantId())
                .ifPresent(consent -> entries.recordRefused(consent, standing.person(), fault.code()));
        return fault.raise();
    }

    private static Fault expired() {
        return Fault.of(FaultCode.CONSENT_EXPIRED, "Its access period is over.").suggesting("Ask the person again.");
    }

    private static Fault nothing() {
        return Fault.of(FaultCode.CONSENT_NOT_IN_FORCE, "The person has not approved.");
    }
}

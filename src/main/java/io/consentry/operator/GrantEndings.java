package io.consentry.operator;

import io.consentry.consent.Consent;
import io.consentry.consent.Transition;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;

/** What the verbs that end grants have in common: what is said when a grant cannot be ended. */
final class GrantEndings {

    private GrantEndings() {}

    static Consent.Ended made(Transition<Consent, Consent.Ended> change) {
        return switch (change) {
            case Transition.Made<Consent, Consent.Ended>(Consent.Ended ended) -> ended;
            case Transition.Already<Consent, Consent.Ended>(Consent.Ended ended) -> ended;
            case Transition.NotPart<Consent, Consent.Ended> part ->
                throw new IllegalStateException("whoever ends a grant names no part of it");
            case Transition.NotFound<Consent, Consent.Ended>() ->
                throw Fault.of(FaultCode.GRANT_NOT_FOUND, "Check the grant_id.").raise();
            case Transition.NotPossible<Consent, Consent.Ended>(Consent now) ->
                throw Fault.of(code(now), "The grant is " + now.status().wire() + ". Nothing was done.")
                        .raise();
        };
    }

    private static FaultCode code(Consent now) {
        return switch (now) {
            case Consent.Undecided open -> FaultCode.CONSENT_NOT_IN_FORCE;
            case Consent.Damaged damaged -> FaultCode.CONSENT_DAMAGED;
            case Consent.Standing standing -> FaultCode.TEMPORARILY_UNAVAILABLE;
            case Consent.Ended over -> FaultCode.CONSENT_ALREADY_ENDED;
            case Consent.Refused over -> FaultCode.CONSENT_ALREADY_ENDED;
            case Consent.Lapsed over -> FaultCode.CONSENT_ALREADY_ENDED;
        };
    }
}

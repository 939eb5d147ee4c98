package io.consentry.client;

import io.consentry.client.RegistrationResult.Refused;

/** Carries a refusal out of the checks, to where it becomes a result. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    RefusedException(String member, String reason) {
        super(member + ": " + reason, null, false, false);
        this.refused = new Refused(member, reason);
    }

    Refused refused() {
        return refused;
    }
}

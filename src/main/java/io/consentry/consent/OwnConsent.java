package io.consentry.consent;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;

/** A consent and whose it is; found by {@link OwnConsents} alone. */
public record OwnConsent(PersonId person, HeldConsent held) {

    public GrantId grant() {
        return held.consent().terms().grantId();
    }
}

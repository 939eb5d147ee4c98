package io.consentry.consent;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Finds a person's own consent behind an address. Another person's, one that never was and an address that is damaged cost the
 * same work, one look, and get the same answer.
 */
@ApplicationScoped
public class OwnConsents {

    private final Consents consents;

    OwnConsents(Consents consents) {
        this.consents = consents;
    }

    /** Throws {@code grant_not_found} unless it is the person's. */
    public OwnConsent require(PersonId person, String text) {
        return consents.of(person, parse(text))
                .map(held -> new OwnConsent(person, held))
                .orElseThrow(() -> Fault.of(FaultCode.GRANT_NOT_FOUND, "It may be another person's.")
                        .raise());
    }

    /** What is none is looked for as well, so that it costs the same. */
    private static GrantId parse(String text) {
        try {
            return GrantId.parse(text);
        } catch (IllegalArgumentException e) {
            return GrantId.create(LogNumber.FIRST);
        }
    }
}

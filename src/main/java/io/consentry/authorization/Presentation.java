package io.consentry.authorization;

import io.consentry.consent.Amendment;
import io.consentry.consent.Consent;
import io.consentry.consent.Terms;
import io.consentry.kernel.PersonId;

/** A request before the person who decides on it: for a new grant, or to amend one of theirs. */
public record Presentation(PersonId person, Terms terms) {

    static Presentation of(Consent.Presented consent) {
        return new Presentation(consent.person(), consent.terms());
    }

    static Presentation of(Amendment.Presented amendment) {
        return new Presentation(amendment.ask().person(), amendment.ask().terms());
    }
}

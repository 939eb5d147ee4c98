package io.consentry.consent;

import java.util.List;

/**
 * Consents that have just ended, told to observers synchronously within the transaction that ends them: what an observer
 * writes stands or falls with the end, and an observer that throws undoes it.
 */
public record ConsentsEnded(List<Consent.Ended> consents) {

    public ConsentsEnded {
        consents = List.copyOf(consents);
    }
}

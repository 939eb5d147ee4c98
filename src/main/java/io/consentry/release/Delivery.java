package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.ledger.Draft;

/** How what is released leaves: as the answer of the data API, or in an ID token. */
interface Delivery<R> {

    /** What the ledger will say of it. */
    Draft entry(Consent.Active consent, PermittedRecord permitted);

    /** Makes the answer, outside any transaction, and then commits it with its entry in one ({@link ReleaseCommit}). */
    Committed<R> deliver(Consent.Active consent, RegisteredClient client, PermittedRecord permitted, Draft entry);
}

package io.consentry.release;

import io.consentry.consent.Consent;
import io.consentry.consent.Uses;
import io.consentry.consent.Uses.Use;
import io.consentry.ledger.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * The one short transaction of a release (promises 1 and 2): lock the grant's row, check that the consent is still the one
 * that was prepared for and within its limits, append, commit. {@link Uses} does all of that; the transaction is here, or that
 * of what the release is part of: the redeeming of a code.
 *
 * <p>Commit point. Before it, nothing was released and nothing is recorded. After it, the release is recorded, and a
 * withdrawal that commits later knows that this release came first.
 */
@ApplicationScoped
class ReleaseCommit {

    private final Uses uses;

    ReleaseCommit(Uses uses) {
        this.uses = uses;
    }

    @Transactional
    public Use commit(Consent.Active prepared, Draft entry) {
        return uses.use(prepared, entry);
    }
}

package io.consentry.obligation;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentsEnded;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.LedgerEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What clients owe after the end of grants. */
@ApplicationScoped
public class Obligations {

    private final ObligationStore store;
    private final Catalogue catalogue;

    Obligations(ObligationStore store, Catalogue catalogue) {
        this.store = store;
        this.catalogue = catalogue;
    }

    /** Writes what is owed because of these ends, in the transaction that ends them. */
    @Transactional(Transactional.TxType.MANDATORY)
    void begin(@Observes ConsentsEnded endings) {
        List<Owed> owed = endings.consents().stream()
                .flatMap(ended -> Owed.of(ended, keeping(ended)).stream())
                .toList();
        if (!owed.isEmpty()) {
            store.insert(owed);
        }
    }

    private Optional<Purpose.Keeping> keeping(Consent.Ended ended) {
        return catalogue.purpose(ended.terms().purpose()).map(Purpose::keeping);
    }

    /** What is owed under a grant; nothing while it lasts, and if nothing was released under it. */
    @Transactional
    public Optional<Obligation> of(GrantId grant) {
        return store.find(grant);
    }

    /** What is owed to a person, the newest end first. */
    @Transactional
    public List<Obligation> of(PersonId person) {
        return store.of(person);
    }

    /** What should have been deleted and attested by now, the longest overdue first. */
    @Transactional
    public List<Obligation> overdue(int limit) {
        return store.overdue(limit);
    }

    /** How much is overdue now. */
    @Transactional
    public long countOverdue() {
        return store.countOverdue();
    }

    /**
     * Records that the client has signed that it has deleted. Repeating it changes nothing and finds what was recorded
     * first. Empty if the client owes nothing under such a grant. The caller must have verified what was signed. Raises
     * {@code consent_damaged} for a row that nobody vouches for.
     */
    @Transactional
    Optional<Obligation.Met> meet(GrantId grant, ClientId client, Attestation attestation) {
        return store.lock(grant)
                .filter(locked -> locked.obligation().owed().clientId().equals(client))
                .map(locked -> switch (locked.obligation()) {
                    case Obligation.Met met -> met;
                    case Obligation.Unmet damaged
                    when !locked.isSound() ->
                        throw Fault.of(FaultCode.CONSENT_DAMAGED, "Ask the operator what to do.")
                                .raise();
                    case Obligation.Unmet unmet -> {
                        Obligation.Met met = unmet.meet(attestation);
                        store.write(locked.row(), met, attested(met));
                        yield met;
                    }
                });
    }

    /** Records that the day has passed, once. */
    @Transactional
    void recordOverdue(GrantId grant) {
        store.lock(grant)
                .filter(locked -> locked.isSound() && locked.row().state() == ObligationState.OPEN)
                .filter(locked -> locked.obligation() instanceof Obligation.Overdue)
                .ifPresent(locked -> store.write(
                        locked.row(),
                        locked.obligation(),
                        overdue(locked.obligation().owed(), store.now())));
    }

    private static LedgerEvent attested(Obligation.Met met) {
        Attestation attestation = met.attestation();
        return event(met.owed(), EventKind.DELETION_ATTESTED, attestation.attestedAt(), Actor.CLIENT)
                .because(attestation.kept().map(RetentionGround::wire).orElse("all_deleted"));
    }

    private static LedgerEvent overdue(Owed owed, Instant at) {
        return event(owed, EventKind.DELETION_OVERDUE, at, Actor.SERVICE).because("not_attested_in_time");
    }

    private static LedgerEvent event(Owed owed, EventKind kind, Instant at, Actor actor) {
        return LedgerEvent.of(kind, at, owed.grantId(), owed.version(), owed.clientId(), actor);
    }
}

package io.consentry.consent;

import io.consentry.consent.ConsentStore.Locked;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.RowStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of a grant that go on under the same id: a new decision takes the place of the one in force. Widening needs a
 * fresh decision of the person; narrowing works at once.
 */
@ApplicationScoped
public class Amendments {

    private final ConsentStore store;

    Amendments(ConsentStore store) {
        this.store = store;
    }

    /**
     * The person takes part of what they granted back. When this has returned, none of it is released any more.
     *
     * @param without part of what was granted, not nothing and not all
     * @param before what they read before they did
     */
    @Transactional
    public Transition<Consent, Consent.Standing> narrow(
            GrantId grant, PersonId person, Set<AttributeName> without, Shown before) {
        return store.lock(grant)
                .filter(locked -> Consents.personOf(locked.consent())
                        .filter(person::equals)
                        .isPresent())
                .<Transition<Consent, Consent.Standing>>map(locked -> switch (locked.consent()) {
                    case Consent.Standing standing
                    when wasTakenBack(standing, without) -> new Transition.Already<>(standing);
                    case Consent.Standing standing
                    when !isPart(without, standing.granted()) -> new Transition.NotPart<>(without);
                    case Consent.Standing standing -> new Transition.Made<>(narrow(locked, standing, without, before));
                    case Consent other -> new Transition.NotPossible<>(other);
                })
                .orElseGet(Transition.NotFound::new);
    }

    /** Without a page, as by the API. */
    @Transactional
    public Transition<Consent, Consent.Standing> narrow(GrantId grant, PersonId person, Set<AttributeName> without) {
        return narrow(grant, person, without, Shown.NOTHING);
    }

    private static boolean isPart(Set<AttributeName> some, Set<AttributeName> all) {
        return !some.isEmpty() && all.containsAll(some) && !some.containsAll(all);
    }

    /** Whether the decision in force is the one before it, less exactly this. */
    private boolean wasTakenBack(Consent.Standing standing, Set<AttributeName> without) {
        List<ConsentRecord> newest = store.records(standing.terms().grantId());
        if (newest.size() < 2) {
            return false;
        }
        ConsentRecord.Difference last = newest.get(0).since(newest.get(1));
        return last.added().isEmpty() && !without.isEmpty() && last.removed().equals(without);
    }

    private Consent.Standing narrow(
            Locked locked, Consent.Standing standing, Set<AttributeName> without, Shown before) {
        Decision next = standing.decision().narrowed(without, store.now(), before);
        return amend(
                locked, standing, new ConsentRecord(standing.terms(), next), Reason.PERSON_NARROWED, Optional.empty());
    }

    /**
     * One transaction: the record before is superseded, and its successor in force.
     *
     * @param step of the amendment that is approved by it, if there was one
     */
    Consent.Standing amend(
            Locked locked, Consent.Standing standing, ConsentRecord next, Reason reason, Optional<RowStep> step) {
        Consent.Standing amended = standing.amend(next.terms(), next.decision());
        store.keep(amended);
        return store.write(
                locked.row(),
                amended,
                step,
                TransitionEvents.superseded(amended),
                TransitionEvents.amended(amended, reason));
    }
}

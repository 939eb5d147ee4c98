package io.consentry.consent;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Limits;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.ConsentStore.Locked;
import io.consentry.kernel.GrantId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.Draft;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.RowStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;

/**
 * The one place where a consent is used (promises 1 and 2). Under the lock of its row it is decided whether it is still
 * the one that was prepared for and within its limits; then the use is counted and its entry appended. So limits hold
 * exactly, and whatever ends a consent either comes before a use, or after it.
 */
@ApplicationScoped
public class Uses {

    private final ConsentStore store;
    private final Catalogue catalogue;
    private final Ledger ledger;

    Uses(ConsentStore store, Catalogue catalogue, Ledger ledger) {
        this.store = store;
        this.catalogue = catalogue;
        this.ledger = ledger;
    }

    /** What was decided under the lock. */
    public sealed interface Use {

        /** Counted and recorded: with the commit of the caller's transaction, the answer may leave. */
        record Permitted() implements Use {}

        /** In force, but in another version than the answer was made for. */
        record Changed() implements Use {}

        /** Not in force; nothing was recorded but an end that time has brought. */
        record NotInForce(Consent now) implements Use {}

        /** Its limit for this period is reached. */
        record TooOften(Duration retryAfter) implements Use {}
    }

    /** The limits that a consent was given under; none are left where the catalogue forgot them. */
    public Limits limits(Consent consent) {
        return catalogue
                .purpose(consent.terms().purpose())
                .map(Purpose::access)
                .map(Purpose.Access::limits)
                .orElseThrow(() -> new IllegalStateException(
                        "no template " + consent.terms().purpose()));
    }

    /**
     * Uses a consent once, in the caller's transaction. Commit point: before it nothing was released and nothing is
     * recorded; after it both are, and a withdrawal that commits later knows that this release came first. None can lie in
     * between: it needs the same lock, taken before the entry gets its id.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Use use(Consent.Active prepared, Draft entry) {
        GrantId grant = prepared.terms().grantId();
        Optional<Locked> found = store.lock(grant).map(Locked::certain);
        if (found.isEmpty() || !(found.get().consent() instanceof Consent.Active current)) {
            return new Use.NotInForce(found.map(Locked::consent).orElse(prepared));
        }
        if (current.version() != prepared.version()) {
            return new Use.Changed();
        }
        Limits limits = limits(current);
        return switch (current.usage()
                .next(
                        limits,
                        current.decision().firstDecidedAt(),
                        found.get().now().earliest())) {
            case Usage.Next.TooOften(Duration wait) -> new Use.TooOften(wait);
            case Usage.Next.UsedUp used -> new Use.NotInForce(current);
            case Usage.Next.Permitted(Usage after, boolean last) -> {
                ledger.append(entry, Optional.of(new RowStep(grant.value(), after.releases())));
                count(found.get(), current.used(after), last);
                yield new Use.Permitted();
            }
        };
    }

    /** Locks a consent until the caller's transaction ends, without using it: nobody changes or ends it meanwhile. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Consent> lock(GrantId grant) {
        return store.lock(grant).map(Locked::certain).map(Locked::consent);
    }

    private void count(Locked locked, Consent.Active used, boolean last) {
        if (last) {
            Consent.Ended next = used.end(Ending.EXHAUSTED, store.now());
            store.write(locked.row(), next, TransitionEvents.ended(next, Actor.SERVICE, Reason.LAST_PERMITTED_RELEASE));
        } else {
            store.count(locked.row(), used);
        }
    }
}

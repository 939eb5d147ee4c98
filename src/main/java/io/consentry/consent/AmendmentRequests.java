package io.consentry.consent;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.Amendment.Ask;
import io.consentry.consent.ConsentStore.Locked;
import io.consentry.consent.OpenDecision.Approval;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Requests of clients to change a grant. Every transition takes the lock of the grant's row first, so that amendments take
 * turns with each other, with releases and with whatever ends the grant. Until the very person whose grant it is approves,
 * the grant stays as it is; and they approve a change of what they see, so a grant that has changed meanwhile voids it.
 */
@ApplicationScoped
public class AmendmentRequests {

    private final ConsentStore consents;
    private final AmendmentStore store;
    private final Amendments amendments;
    private final Catalogue catalogue;
    private final TransactionSynchronizationRegistry transactions;

    AmendmentRequests(
            ConsentStore consents,
            AmendmentStore store,
            Amendments amendments,
            Catalogue catalogue,
            TransactionSynchronizationRegistry transactions) {
        this.consents = consents;
        this.store = store;
        this.amendments = amendments;
        this.catalogue = catalogue;
        this.transactions = transactions;
    }

    /** How what is asked stands to what was granted (Grant Management for OAuth 2.0). */
    public enum Mode {
        /** Both together, within what the purpose allows now. */
        MERGE,
        /** What is asked, and nothing else. */
        REPLACE
    }

    /**
     * What a client wants.
     *
     * @param purpose the client's, in its newest version
     * @param optional what the client's people may decline, whether it is asked for or not
     */
    public record Wish(
            GrantId grant,
            ClientId client,
            Mode mode,
            PurposeVersion purpose,
            Set<AttributeName> attributes,
            Set<AttributeName> optional) {}

    /**
     * When a client asked, and of what.
     *
     * @param generation of the decision that was in force then, as {@link #against} found it
     */
    public record Timing(int generation, Instant at, Instant lapsesAt) {}

    /**
     * The generation of the decision that a wish would change; empty unless its client has such a grant, standing and for that
     * purpose. Without a lock, so that nobody holds up another client's grant, and writes nothing.
     */
    @Transactional
    public Optional<Integer> against(Wish wish) {
        return consents.find(wish.grant(), wish.client())
                .flatMap(consent -> standing(consent, wish))
                .filter(standing -> !standing.hasExpired(consents.now()))
                .map(standing -> standing.decision().generation());
    }

    /**
     * Records that a client asked, once somebody looks at it; empty when the grant is not any more what it was then: the request
     * is void, and never was one.
     */
    @Transactional
    public Optional<Amendment.Requested> request(Wish wish, Timing timing) {
        return consents.lock(wish.grant())
                .map(Locked::certain)
                .filter(locked -> locked.consent().terms().clientId().equals(wish.client()))
                .flatMap(locked -> standing(locked.consent(), wish))
                .filter(standing -> standing.decision().generation() == timing.generation())
                .map(standing -> {
                    var ask = new Ask(
                            AmendmentId.random(),
                            terms(wish, standing, timing.at()),
                            timing.generation(),
                            standing.person(),
                            timing.lapsesAt());
                    var requested = new Amendment.Requested(ask);
                    store.insert(requested, TransitionEvents.amendmentRequested(standing, requested));
                    return requested;
                });
    }

    private static Optional<Consent.Standing> standing(Consent consent, Wish wish) {
        return consent instanceof Consent.Standing standing
                        && standing.terms()
                                .purpose()
                                .code()
                                .equals(wish.purpose().code())
                ? Optional.of(standing)
                : Optional.empty();
    }

    /**
     * Puts an open amendment before the person whose grant it is, in the caller's transaction; repeating it changes nothing. Anybody
     * else ends it. All that is done under this lock has one date.
     *
     * @param grant that it is to change, so that its row is locked first
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Transition<Amendment, OpenDecision> present(GrantId grant, AmendmentId id, PersonId person) {
        return open(grant, id, locked -> {
            if (!locked.open().ask().person().equals(person)) {
                return new Transition.NotPossible<>(store.write(
                        locked.row(),
                        locked.open().refuse(locked.now()),
                        TransitionEvents.amendmentRefusedByService(
                                locked.standing(), locked.now(), Reason.ANOTHER_PERSON_CAME)));
            }
            Amendment.Presented presented = switch (locked.open()) {
                case Amendment.Presented again -> again;
                case Amendment.Requested requested ->
                    store.write(
                            locked.row(),
                            requested.present(locked.now()),
                            TransitionEvents.amendmentPresented(locked.standing(), locked.now()));
            };
            return new Transition.Made<>(new OpenDecision(
                    transactions,
                    presented.ask().terms(),
                    approval -> approve(presented, locked, approval),
                    () -> refuse(presented, locked)));
        });
    }

    /** The record before is superseded, its successor is in force, and the amendment is closed. */
    private Decision approve(Amendment.Presented presented, LockedAmendment locked, Approval approval) {
        requireOpen(presented, locked);
        Instant now = locked.now();
        SortedSet<AttributeName> granted = presented.granted(approval.declined());
        var next = new ConsentRecord(
                presented.ask().terms(),
                locked.standing()
                        .decision()
                        .renewed(granted, now, now.plus(approval.accessPeriod()), approval.shown()));
        Amendment.Approved approved = presented.approve(next, now);
        Consent.Standing amended = amendments.amend(
                locked.grant(),
                locked.standing(),
                next,
                Reason.PERSON_AMENDED,
                Optional.of(AmendmentRow.step(approved)));
        store.write(locked.row(), approved);
        return amended.decision();
    }

    private void refuse(Amendment.Presented presented, LockedAmendment locked) {
        store.write(
                locked.row(),
                presented.refuse(locked.now()),
                TransitionEvents.amendmentRefused(locked.standing(), locked.now()));
    }

    /** Records an end that time or the grant's own has brought. Changes nothing if there is none. */
    @Transactional
    public void settle(AmendmentId id) {
        store.find(id).ifPresent(row -> open(new GrantId(row.grantId), id, locked -> new Transition.NotFound<>()));
    }

    /** An amendment as it stands, without a lock. Whether it has lapsed is for the reader to judge. */
    @Transactional
    public Optional<Amendment> find(AmendmentId id) {
        return store.find(id).map(AmendmentRow::toAmendment);
    }

    /** An amendment that is open and made against the decision in force, its row, and its grant: standing, and locked. */
    private record LockedAmendment(Amendment.Open open, AmendmentRow row, Consent.Standing standing, Locked grant) {

        Instant now() {
            return grant.now().latest();
        }
    }

    /** Goes on with what is still open, under the grant's lock; an end that time or the grant's own has brought is written down first. */
    private Transition<Amendment, OpenDecision> open(
            GrantId grant, AmendmentId id, Function<LockedAmendment, Transition<Amendment, OpenDecision>> next) {
        return consents.lock(grant)
                .flatMap(locked -> store.find(id)
                        .filter(row -> row.grantId.equals(grant.value()))
                        .map(row -> open(row, locked, next)))
                .orElseGet(Transition.NotFound::new);
    }

    private Transition<Amendment, OpenDecision> open(
            AmendmentRow row, Locked grant, Function<LockedAmendment, Transition<Amendment, OpenDecision>> next) {
        Amendment found = row.toAmendment();
        if (!(found instanceof Amendment.Open open)) {
            return new Transition.NotPossible<>(found);
        }
        Consent consent = grant.consent();
        Instant now = grant.now().latest();
        if (grant.now().isSurelyPast(open.ask().lapsesAt())) {
            return new Transition.NotPossible<>(
                    store.write(row, open.lapse(now), TransitionEvents.amendmentLapsed(consent, now)));
        }
        if (!(consent instanceof Consent.Standing standing) || !isOf(standing, open.ask())) {
            return new Transition.NotPossible<>(
                    store.write(row, open.overtake(now), TransitionEvents.amendmentOvertaken(consent, now)));
        }
        return next.apply(new LockedAmendment(open, row, standing, grant));
    }

    /** Whoever opens something must be sure that there was time left: raises {@code clock_in_doubt} when nobody can tell. */
    private static void requireOpen(Amendment.Presented presented, LockedAmendment locked) {
        if (locked.grant().certain().now().isPast(presented.ask().lapsesAt())) {
            throw new IllegalStateException("an amendment that is over was not settled");
        }
    }

    private static boolean isOf(Consent.Standing standing, Ask ask) {
        return standing.decision().generation() == ask.generation()
                && standing.person().equals(ask.person());
    }

    private Terms terms(Wish wish, Consent.Standing standing, Instant now) {
        var requested = new TreeSet<>(wish.attributes());
        if (wish.mode() == Mode.MERGE) {
            requested.addAll(standing.granted());
            requested.retainAll(purpose(wish.purpose()).attributes());
        }
        var optional = new TreeSet<>(requested);
        optional.retainAll(wish.optional());
        return new Terms(wish.grant(), wish.client(), wish.purpose(), requested, optional, now);
    }

    private Purpose purpose(PurposeVersion id) {
        return catalogue.purpose(id).orElseThrow(() -> new IllegalStateException("no template " + id));
    }
}

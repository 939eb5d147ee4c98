package io.consentry.consent;

import io.consentry.consent.ConsentStore.Locked;
import io.consentry.consent.OpenDecision.Approval;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Every change in a consent's life, but for amendments and uses. Each method takes the row's lock ({@code FOR NO KEY
 * UPDATE}), makes one legal transition, and appends its ledger entry in the same transaction; the commit makes both true
 * at once.
 */
@ApplicationScoped
public class Consents {

    private final ConsentStore store;
    private final TransactionSynchronizationRegistry transactions;

    Consents(ConsentStore store, TransactionSynchronizationRegistry transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** Records that a client asked. */
    @Transactional
    public Consent.Requested request(Terms terms, Duration timeToDecide) {
        var consent = new Consent.Requested(terms, 1, terms.requestedAt().plus(timeToDecide));
        store.insert(consent, TransitionEvents.requested(consent));
        return consent;
    }

    /**
     * Puts an open request before a person, who from now on is the only one to decide it, in the caller's transaction; repeating it
     * changes nothing. All that is done under this lock has one date.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Transition<Consent, OpenDecision> present(GrantId grant, PersonId person) {
        return store.lock(grant)
                .map(Locked::certain)
                .<Transition<Consent, OpenDecision>>map(locked -> switch (locked.consent()) {
                    case Consent.Requested requested -> {
                        Consent.Presented next =
                                requested.present(person, locked.now().latest());
                        yield open(store.write(locked.row(), next, TransitionEvents.presented(next)), locked);
                    }
                    case Consent.Presented presented when presented.person().equals(person) -> open(presented, locked);
                    case Consent.Presented other -> new Transition.NotFound<>();
                    case Consent other -> new Transition.NotPossible<>(other);
                })
                .orElseGet(Transition.NotFound::new);
    }

    private Transition<Consent, OpenDecision> open(Consent.Presented presented, Locked locked) {
        return new Transition.Made<>(new OpenDecision(
                transactions,
                presented.terms(),
                approval -> grant(presented, locked, approval),
                () -> refuse(presented, locked)));
    }

    private Decision grant(Consent.Presented presented, Locked locked, Approval approval) {
        Instant now = locked.now().latest();
        Consent.Active next =
                presented.grant(approval.declined(), now, now.plus(approval.accessPeriod()), approval.shown());
        store.keep(next);
        return store.write(locked.row(), next, TransitionEvents.granted(next)).decision();
    }

    private void refuse(Consent.Presented presented, Locked locked) {
        Consent.Refused next = presented.refuse(locked.now().latest());
        store.write(locked.row(), next, TransitionEvents.refused(next));
    }

    /** The person takes back what they granted. When this has returned, nothing more is released under it, anywhere. */
    @Transactional
    public Transition<Consent, Consent.Ended> withdraw(GrantId grant, PersonId person) {
        return ofPerson(
                grant,
                person,
                new Act<>(
                        Consent.Standing.class,
                        (standing, locked) ->
                                end(standing, locked, Ending.WITHDRAWN, Actor.PERSON, Reason.PERSON_WITHDREW),
                        endedBy(Ending.WITHDRAWN)));
    }

    /** The person stops releases for a while. When this has returned, nothing is released until they resume. */
    @Transactional
    public Transition<Consent, Consent.Paused> pause(GrantId grant, PersonId person) {
        return ofPerson(
                grant,
                person,
                new Act<>(
                        Consent.Active.class,
                        (active, locked) -> {
                            Consent.Paused next = active.pause(store.now());
                            return store.write(locked.row(), next, TransitionEvents.paused(next));
                        },
                        isOne(Consent.Paused.class)));
    }

    /** The person lets releases go on. The access period has gone on as well: a pause does not lengthen it. */
    @Transactional
    public Transition<Consent, Consent.Active> resume(GrantId grant, PersonId person) {
        return ofPerson(
                grant,
                person,
                new Act<>(
                        Consent.Paused.class,
                        (paused, locked) -> {
                            Consent.Active next = paused.resume();
                            return store.write(
                                    locked.row(),
                                    next,
                                    TransitionEvents.resumed(
                                            next, locked.certain().now().latest()));
                        },
                        isOne(Consent.Active.class)));
    }

    /** The client gives its grant back. Another client's grant is not found. */
    @Transactional
    public Transition<Consent, Consent.Ended> relinquish(GrantId grant, ClientId client) {
        return change(
                grant,
                consent -> consent.terms().clientId().equals(client),
                new Act<>(
                        Consent.Standing.class,
                        (standing, locked) ->
                                end(standing, locked, Ending.RELINQUISHED, Actor.CLIENT, Reason.CLIENT_RELINQUISHED),
                        endedBy(Ending.RELINQUISHED)));
    }

    /** The operator of this service ends a grant. The caller must have made sure that whoever asks may do so. */
    @Transactional
    public Transition<Consent, Consent.Ended> revoke(GrantId grant, Reason reason) {
        return byOffice(grant, Ending.REVOKED, Actor.OPERATOR, reason);
    }

    /** An authority ends a grant. The caller must have made sure that whoever asks may do so. */
    @Transactional
    public Transition<Consent, Consent.Ended> invalidate(GrantId grant, Reason reason) {
        return byOffice(grant, Ending.INVALIDATED, Actor.AUTHORITY, reason);
    }

    /**
     * Records an end that time has brought: lapsed or expired. Changes nothing if it has not; raises {@code clock_in_doubt}
     * when that cannot be told.
     */
    @Transactional
    public void settle(GrantId grant) {
        store.lock(grant).ifPresent(Locked::certain);
    }

    /** A consent as it stands; an end that an order has brought is written down first. Expiry is for the reader to judge. */
    @Transactional
    public Optional<Consent> find(GrantId grant) {
        return store.find(grant);
    }

    /** A consent as it stands, if it is this client's; another client's is not found, with the same work. */
    @Transactional
    public Optional<Consent> find(GrantId grant, ClientId client) {
        return store.find(grant, client);
    }

    /** All consents that a person was shown, newest first. */
    @Transactional
    public List<HeldConsent> of(PersonId person) {
        return store.of(person);
    }

    /** One of them; another person's is not found, with the same work. */
    @Transactional
    public Optional<HeldConsent> of(PersonId person, GrantId grant) {
        return store.of(person, grant.value());
    }

    /** Every decision that was made on a grant, newest first. */
    @Transactional
    public List<ConsentRecord> records(GrantId grant) {
        return store.records(grant);
    }

    /** The generation of the decision that an event fell under: by the version of its grant, and by its time for old ones. */
    @Transactional
    public int generation(GrantId grant, int version, Instant at) {
        return store.generation(grant, version, at);
    }

    private Transition<Consent, Consent.Ended> byOffice(GrantId grant, Ending how, Actor actor, Reason reason) {
        if (!reason.mayEndByOffice()) {
            throw new IllegalArgumentException("no reason for an office: " + reason);
        }
        return change(
                grant,
                consent -> true,
                Act.once(Consent.Standing.class, (standing, locked) -> end(standing, locked, how, actor, reason)));
    }

    private Consent.Ended end(Consent.Standing standing, Locked locked, Ending how, Actor actor, Reason reason) {
        Consent.Ended next = standing.end(how, store.now());
        return store.write(locked.row(), next, TransitionEvents.ended(next, actor, reason));
    }

    /**
     * A transition, and how a consent looks that its sender has brought there before.
     *
     * @param from the states that it is legal from
     * @param done the consent as it stands, if that is what the transition leaves
     */
    private record Act<F extends Consent, T extends Consent>(
            Class<F> from, BiFunction<F, Locked, T> transition, Function<Consent, Optional<T>> done) {

        /** One whose repetition is for its caller to recognise, or is an error. */
        static <F extends Consent, T extends Consent> Act<F, T> once(
                Class<F> from, BiFunction<F, Locked, T> transition) {
            return new Act<>(from, transition, other -> Optional.empty());
        }

        Transition<Consent, T> on(Locked locked) {
            Consent consent = locked.consent();
            if (from.isInstance(consent)) {
                return new Transition.Made<>(transition.apply(from.cast(consent), locked));
            }
            return done.apply(consent)
                    .<Transition<Consent, T>>map(Transition.Already::new)
                    .orElseGet(() -> new Transition.NotPossible<>(consent));
        }
    }

    private static <T extends Consent> Function<Consent, Optional<T>> isOne(Class<T> state) {
        return consent -> Optional.of(consent).filter(state::isInstance).map(state::cast);
    }

    private static Function<Consent, Optional<Consent.Ended>> endedBy(Ending how) {
        return isOne(Consent.Ended.class).andThen(over -> over.filter(ended -> ended.ending() == how));
    }

    private <F extends Consent, T extends Consent> Transition<Consent, T> ofPerson(
            GrantId grant, PersonId person, Act<F, T> act) {
        return change(grant, consent -> personOf(consent).filter(person::equals).isPresent(), act);
    }

    private <F extends Consent, T extends Consent> Transition<Consent, T> change(
            GrantId grant, Predicate<Consent> theirs, Act<F, T> act) {
        return store.lock(grant)
                .filter(locked -> theirs.test(locked.consent()))
                .map(act::on)
                .orElseGet(Transition.NotFound::new);
    }

    /** Whose it is, once somebody was shown it. */
    static Optional<PersonId> personOf(Consent consent) {
        return switch (consent) {
            case Consent.Presented presented -> Optional.of(presented.person());
            case Consent.Given given -> Optional.of(given.person());
            case Consent.Refused refused -> Optional.of(refused.person());
            case Consent.Lapsed lapsed -> lapsed.person();
            case Consent.Requested nobodys -> Optional.empty();
            case Consent.Damaged nobodys -> Optional.empty();
        };
    }
}

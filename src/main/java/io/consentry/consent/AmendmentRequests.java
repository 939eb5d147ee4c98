package io.consentry.consent;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.Amendment.Ask;
import io.consentry.consent.ConsentStore.Locked;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;

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

    AmendmentRequests(ConsentStore consents, AmendmentStore store, Amendments amendments, Catalogue catalogue) {
        this.consents = consents;
        this.store = store;
        this.amendments = amendments;
        this.catalogue = catalogue;
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

    /** Shows an open amendment to the person whose grant it is; repeating it changes nothing. Anybody else ends it. */
    @Transactional
    public Transition<Amendment, Amendment.Presented> present(AmendmentId id, PersonId person) {
        return decide(id, (open, locked) -> {
            if (!open.ask().person().equals(person)) {
                Instant now = consents.now();
                return new Transition.NotPossible<>(store.write(
                        open.refuse(now),
                        TransitionEvents.amendmentRefusedByService(locked.consent(), now, Reason.ANOTHER_PERSON_CAME)));
            }
            return new Transition.Made<>(
                    switch (open) {
                        case Amendment.Presented again -> again;
                        case Amendment.Requested requested -> {
                            Amendment.Presented next = requested.present(consents.now());
                            yield store.write(
                                    next, TransitionEvents.amendmentPresented(locked.consent(), next.presentedAt()));
                        }
                    });
        });
    }

    /**
     * The person approves, less what they decline. One transaction: the record before is superseded, its successor is in
     * force, and the amendment is closed.
     */
    @Transactional
    public Transition<Amendment, Amendment.Approved> approve(
            AmendmentId id, PersonId person, Set<AttributeName> declined, Shown shown) {
        return decide(id, (open, locked) -> {
            if (!(open instanceof Amendment.Presented presented)
                    || !open.ask().person().equals(person)
                    || !(locked.consent() instanceof Consent.Standing standing)) {
                return new Transition.NotFound<>();
            }
            if (!open.ask().terms().optional().containsAll(declined)) {
                return new Transition.NotPart<>(declined);
            }
            certainlyOpen(open, locked);
            SortedSet<AttributeName> granted = presented.granted(declined);
            Instant now = consents.now();
            Terms terms = open.ask().terms();
            Instant expiresAt = now.plus(purpose(terms.purpose()).accessPeriod());
            var next = new ConsentRecord(terms, standing.decision().renewed(granted, now, expiresAt, shown));
            Amendment.Approved approved = presented.approve(next, now);
            amendments.amend(locked, standing, next, Reason.PERSON_AMENDED, Optional.of(AmendmentRow.step(approved)));
            return new Transition.Made<>(store.write(approved));
        });
    }

    /** The person refuses; the grant is as it was. */
    @Transactional
    public Transition<Amendment, Amendment.Refused> refuse(AmendmentId id, PersonId person) {
        return decide(id, (open, locked) -> {
            if (!(open instanceof Amendment.Presented) || !open.ask().person().equals(person)) {
                return new Transition.NotFound<>();
            }
            Instant now = consents.now();
            return new Transition.Made<>(
                    store.write(open.refuse(now), TransitionEvents.amendmentRefused(locked.consent(), now)));
        });
    }

    /** Records an end that time or the grant's own has brought. Changes nothing if there is none. */
    @Transactional
    public void settle(AmendmentId id) {
        decide(id, (open, locked) -> new Transition.NotFound<>());
    }

    /** An amendment as it stands, without a lock. Whether it has lapsed is for the reader to judge. */
    @Transactional
    public Optional<Amendment> find(AmendmentId id) {
        return store.find(id);
    }

    /** Under the grant's lock: an amendment that is still open, and made against the decision that is in force. */
    private <A extends Amendment> Transition<Amendment, A> decide(
            AmendmentId id, BiFunction<Amendment.Open, Locked, Transition<Amendment, A>> transition) {
        Optional<Locked> grant = store.grant(id).flatMap(consents::lock);
        Optional<Amendment> found = grant.flatMap(locked -> store.find(id));
        if (grant.isEmpty() || found.isEmpty()) {
            return new Transition.NotFound<>();
        }
        if (!(found.get() instanceof Amendment.Open open)) {
            return new Transition.NotPossible<>(found.get());
        }
        Instant now = grant.get().now().latest();
        Consent consent = grant.get().consent();
        if (grant.get().now().isSurelyPast(open.ask().lapsesAt())) {
            return new Transition.NotPossible<>(
                    store.write(open.lapse(now), TransitionEvents.amendmentLapsed(consent, now)));
        }
        if (!isOf(consent, open.ask())) {
            return new Transition.NotPossible<>(
                    store.write(open.overtake(now), TransitionEvents.amendmentOvertaken(consent, now)));
        }
        return transition.apply(open, grant.get());
    }

    /** Whoever opens something must be sure that there was time left: raises {@code clock_in_doubt} when nobody can tell. */
    private static void certainlyOpen(Amendment.Open open, Locked locked) {
        if (locked.certain().now().isPast(open.ask().lapsesAt())) {
            throw new IllegalStateException("an amendment that is over was not settled");
        }
    }

    private static boolean isOf(Consent consent, Ask ask) {
        return consent instanceof Consent.Standing standing
                && standing.decision().generation() == ask.generation()
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

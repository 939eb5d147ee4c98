package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.Draft;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Every change in a consent's life. Each method takes the row's lock ({@code FOR NO KEY UPDATE}), makes one legal
 * transition, and appends its ledger entry in the same transaction; the commit makes both true at once.
 */
@ApplicationScoped
public class Consents {

    private final StatelessSession session;
    private final Ledger ledger;
    private final InstantSource clock;

    Consents(StatelessSession session, Ledger ledger, InstantSource clock) {
        this.session = session;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What became of a transition that somebody asked for. */
    public sealed interface Change<C extends Consent> {

        /** It was made and recorded. */
        record Made<C extends Consent>(C consent) implements Change<C> {}

        /** The consent was in another state; nothing was changed. */
        record NotPossible<C extends Consent>(Consent now) implements Change<C> {}

        /** There is no such consent for whoever asks. */
        record NotFound<C extends Consent>() implements Change<C> {}
    }

    /** Records that a client asked. */
    @Transactional
    public Consent.Requested request(Terms terms, Duration timeToDecide) {
        var consent = new Consent.Requested(terms, 1, terms.requestedAt().plus(timeToDecide));
        session.insert(ConsentMapping.newRow(consent));
        ledger.append(ledger.draft(Edge.requested(consent)));
        return consent;
    }

    /** Shows an open request to a person, who from now on is the only one to decide it; repeating it changes nothing. */
    @Transactional
    public Change<Consent.Presented> present(GrantId grant, PersonId person) {
        Instant now = clock.instant();
        return lock(grant)
                .<Change<Consent.Presented>>map(row -> switch (settle(row, now)) {
                    case Consent.Requested requested -> {
                        Consent.Presented next = requested.present(person, now);
                        yield made(row, next, Edge.presented(next), Optional.of(person));
                    }
                    case Consent.Presented presented
                    when presented.person().equals(person) -> new Change.Made<>(presented);
                    case Consent.Presented other -> new Change.NotFound<>();
                    case Consent other -> new Change.NotPossible<>(other);
                })
                .orElseGet(Change.NotFound::new);
    }

    /** The person approves, less what they decline. Throws {@code IllegalArgumentException} if that is not optional. */
    @Transactional
    public Change<Consent.Granted> grant(
            GrantId grant, PersonId person, Set<AttributeName> declined, Duration accessPeriod) {
        return decide(grant, person, presented -> {
            Instant now = clock.instant();
            Consent.Granted next = presented.grant(declined, now, now.plus(accessPeriod));
            return new Step<>(next, Edge.granted(next));
        });
    }

    /** The person refuses. */
    @Transactional
    public Change<Consent.Refused> refuse(GrantId grant, PersonId person) {
        return decide(grant, person, presented -> {
            Consent.Refused next = presented.refuse(clock.instant());
            return new Step<>(next, Edge.refused(next, Actor.PERSON, Optional.empty()));
        });
    }

    /** The person takes back what they granted. When this has returned, nothing more is released under it, anywhere. */
    @Transactional
    public Change<Consent.Withdrawn> withdraw(GrantId grant, PersonId person) {
        Instant now = clock.instant();
        return lock(grant)
                .filter(row -> person.value().equals(row.personId))
                .<Change<Consent.Withdrawn>>map(row -> switch (settle(row, now)) {
                    case Consent.Granted granted -> {
                        Consent.Withdrawn next = granted.withdraw(now);
                        yield made(row, next, Edge.withdrawn(next), Optional.of(person));
                    }
                    case Consent other -> new Change.NotPossible<>(other);
                })
                .orElseGet(Change.NotFound::new);
    }

    /** Records an end that time has brought: lapsed or expired. Changes nothing if it has not. */
    @Transactional
    public void settle(GrantId grant) {
        lock(grant).ifPresent(row -> settle(row, clock.instant()));
    }

    /** A consent as it stands, without a lock. Expiry is for the reader to judge. */
    @Transactional
    public Optional<Consent> find(GrantId grant) {
        return Optional.ofNullable(session.get(ConsentRow.class, grant.value())).map(ConsentMapping::toConsent);
    }

    /** All consents that a person was shown, newest first. */
    @Transactional
    public List<HeldConsent> of(PersonId person) {
        Instant now = clock.instant();
        return session
                .createSelectionQuery(
                        "from ConsentRow where personId = :person order by requestedAt desc, grantId", ConsentRow.class)
                .setParameter("person", person.value())
                .getResultList()
                .stream()
                .map(row -> HeldConsent.of(row, now))
                .toList();
    }

    /**
     * Locks a granted consent for a release, in the caller's transaction, until its commit. Taken before the ledger entry
     * gets its id, so that entries stand in the order of the commits.
     *
     * @return the consent as it stands under the lock; empty when there is none
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Consent> lockForRelease(GrantId grant) {
        return lock(grant).map(ConsentMapping::toConsent);
    }

    /** Notes, under the lock of {@link #lockForRelease}, that a release is being committed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void countRelease(GrantId grant, Instant at) {
        session.createMutationQuery("update ConsentRow set lastReleaseAt = :at, releaseCount = releaseCount + 1"
                        + " where grantId = :grant")
                .setParameter("at", at)
                .setParameter("grant", grant.value())
                .executeUpdate();
    }

    private record Step<C extends Consent>(C next, LedgerEvent event) {}

    private <C extends Consent> Change<C> decide(
            GrantId grant, PersonId person, Function<Consent.Presented, Step<C>> transition) {
        return lock(grant)
                .filter(row -> person.value().equals(row.personId))
                .<Change<C>>map(row -> switch (settle(row, clock.instant())) {
                    case Consent.Presented presented -> {
                        Step<C> step = transition.apply(presented);
                        yield made(row, step.next(), step.event(), Optional.of(person));
                    }
                    case Consent other -> new Change.NotPossible<>(other);
                })
                .orElseGet(Change.NotFound::new);
    }

    private Optional<ConsentRow> lock(GrantId grant) {
        // PESSIMISTIC_WRITE is FOR NO KEY UPDATE on PostgreSQL: it serialises with itself, so that a release and a
        // withdrawal take turns, and a queue of releases cannot starve a withdrawal as FOR SHARE would.
        return Optional.ofNullable(session.get(ConsentRow.class, grant.value(), LockMode.PESSIMISTIC_WRITE));
    }

    private Consent settle(ConsentRow row, Instant now) {
        Consent consent = ConsentMapping.toConsent(row);
        Optional<PersonId> person = Optional.ofNullable(row.personId).map(PersonId::new);
        if (consent instanceof Consent.Undecided undecided && undecided.hasLapsed(now)) {
            Consent.Lapsed next = undecided.lapse(now);
            return write(row, next, Edge.lapsed(next), person);
        }
        if (consent instanceof Consent.Granted granted && granted.hasExpired(now)) {
            Consent.Expired next = granted.expire();
            return write(row, next, Edge.expired(next, now), person);
        }
        return consent;
    }

    private <C extends Consent> Change<C> made(ConsentRow row, C next, LedgerEvent event, Optional<PersonId> person) {
        return new Change.Made<>(write(row, next, event, person));
    }

    private <C extends Consent> C write(ConsentRow row, C next, LedgerEvent event, Optional<PersonId> person) {
        ConsentMapping.apply(next, row);
        session.update(row);
        Draft draft = person.map(who -> ledger.draft(event, who)).orElseGet(() -> ledger.draft(event));
        ledger.append(draft);
        return next;
    }
}

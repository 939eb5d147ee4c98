package io.consentry.consent;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.ServiceClock;
import io.consentry.kernel.ServiceClock.Now;
import io.consentry.key.RowSeals;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RowStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Reads and writes rows of consents, in the caller's transaction. Every write seals the row and appends its ledger entry;
 * every read checks the seal, and that the ledger knows no later state, and finds {@link Consent.Damaged} otherwise. A grant
 * that an operator's order has ended is read as ended, whatever its row still says.
 */
@ApplicationScoped
class ConsentStore {

    private static final Logger LOG = Logger.getLogger(ConsentStore.class);

    private final StatelessSession session;
    private final Ledger ledger;
    private final OrderStore orders;
    private final RowSeals seals;
    private final Event<ConsentsEnded> endings;
    private final ServiceClock clock;

    ConsentStore(
            StatelessSession session,
            Ledger ledger,
            OrderStore orders,
            RowSeals seals,
            Event<ConsentsEnded> endings,
            ServiceClock clock) {
        this.session = session;
        this.ledger = ledger;
        this.orders = orders;
        this.seals = seals;
        this.endings = endings;
        this.clock = clock;
    }

    /**
     * A locked row, the consent in it, and what the time may be. What ends a consent needs no more; whoever opens something
     * under it asks for it to be {@link #certain}.
     */
    record Locked(ConsentRow row, Consent consent, Now now) {

        /** The same; raises {@code clock_in_doubt} when it cannot be told whether time has ended the consent. */
        Locked certain() {
            boolean over = switch (consent) {
                case Consent.Undecided undecided -> now.isPast(undecided.lapsesAt());
                case Consent.Standing standing -> now.isPast(standing.expiresAt());
                case Consent other -> false;
            };
            if (over) { // settled before, under the same lock
                throw new IllegalStateException("a consent that is over was not settled");
            }
            return this;
        }
    }

    /** Now, as exactly as a row keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The consent as it stands; an end that an order has brought is written down first, since entries may refer to it. */
    Optional<Consent> find(GrantId grant) {
        ConsentRow row = session.get(ConsentRow.class, grant.value());
        if (row != null && row.isStanding() && row.endedByOrder != null) {
            return lock(grant).map(Locked::consent);
        }
        return Optional.ofNullable(row).map(this::read);
    }

    /** Only if it is this client's: one query, so that another client's grant costs what one that never was does. */
    Optional<Consent> find(GrantId grant, ClientId client) {
        return session.createSelectionQuery(
                        "from ConsentRow where grantId = :grant and clientId = :client", ConsentRow.class)
                .setParameter("grant", grant.value())
                .setParameter("client", client.value())
                .uniqueResultOptional()
                .map(this::read);
    }

    /** The consent as it stands under its lock, an end that time or an order has brought being written down first. */
    Optional<Locked> lock(GrantId grant) {
        // A statement of its own, before: what the next one sees is what was committed when nobody could order any
        // more.
        orders.holdOff();
        // PESSIMISTIC_WRITE is FOR NO KEY UPDATE on PostgreSQL: it serialises with itself, so that a release and a
        // withdrawal take turns, and a queue of releases cannot starve a withdrawal as FOR SHARE would.
        return Optional.ofNullable(session.get(ConsentRow.class, grant.value(), LockMode.PESSIMISTIC_WRITE))
                .map(row -> {
                    Now now = clock.now(row.readAt);
                    return new Locked(row, settle(row, now), now);
                });
    }

    /** Its rows, newest first; a damaged one among them stays visible as what it is. */
    List<HeldConsent> of(PersonId person) {
        Instant now = now();
        return session
                .createSelectionQuery(
                        "from ConsentRow where personId = :person order by requestedAt desc, grantId", ConsentRow.class)
                .setParameter("person", person.value())
                .getResultList()
                .stream()
                .map(row -> HeldConsent.of(read(row), now))
                .toList();
    }

    /** The same of one of them: one query, so that another person's costs what one that never was does. */
    Optional<HeldConsent> of(PersonId person, UUID grant) {
        Instant now = now();
        return session.createSelectionQuery(
                        "from ConsentRow where personId = :person and grantId = :grant", ConsentRow.class)
                .setParameter("person", person.value())
                .setParameter("grant", grant)
                .uniqueResultOptional()
                .map(row -> HeldConsent.of(read(row), now));
    }

    /** Every decision of a grant, newest first; one that was changed behind our back is left out, and logged. */
    List<ConsentRecord> records(GrantId grant) {
        return rows(grant).map(RecordRow::toRecord).toList();
    }

    private Stream<RecordRow> rows(GrantId grant) {
        return session
                .createSelectionQuery("from RecordRow where grantId = :grant order by generation desc", RecordRow.class)
                .setParameter("grant", grant.value())
                .getResultList()
                .stream()
                .filter(seals::isSound);
    }

    void insert(Consent.Requested consent, LedgerEvent event) {
        ConsentRow row = ConsentMapping.newRow(consent);
        seals.seal(row);
        session.insert(row);
        ledger.append(ledger.draft(event));
    }

    /** Writes the next state and its entries: the entry of each edge stands in the transaction that makes it. */
    <C extends Consent> C write(ConsentRow row, C next, LedgerEvent... events) {
        return write(row, next, Optional.empty(), events);
    }

    /** The same, where the entries take an amendment a step further. */
    <C extends Consent> C write(ConsentRow row, C next, Optional<RowStep> step, LedgerEvent... events) {
        if (row.recordId == null && next instanceof Consent.Standing) {
            row.ordersSeen = orders.last();
        }
        ConsentMapping.apply(next, row);
        save(row);
        if (next instanceof Consent.Ended ended) {
            endings.fire(new ConsentsEnded(List.of(ended)));
        }
        Optional<PersonId> person = Optional.ofNullable(row.personId).map(PersonId::new);
        Arrays.stream(events)
                .map(event -> person.map(who -> ledger.draft(event, who)).orElseGet(() -> ledger.draft(event)))
                .forEach(draft -> ledger.append(draft, step));
        return next;
    }

    /** Writes a use, which is no edge and has its own entry. */
    void count(ConsentRow row, Consent.Active used) {
        ConsentMapping.apply(used, row);
        save(row);
    }

    /** Which decision was in force at a version of a grant: decisions are only ever added. 0 before the first. */
    int generation(GrantId grant, int version, Instant at) {
        return rows(grant)
                .filter(row -> row.precedes(version, at))
                .mapToInt(row -> row.generation)
                .max()
                .orElse(0);
    }

    /** Keeps the decision of a consent for ever. */
    void keep(Consent.Given consent) {
        RecordRow row = RecordRow.of(consent.terms(), consent.decision(), consent.version());
        seals.seal(row);
        session.insert(row);
    }

    private void save(ConsentRow row) {
        seals.seal(row);
        session.update(row);
    }

    /** Writes down what has surely ended; what may have ended is left as it stands. */
    private Consent settle(ConsentRow row, Now now) {
        Consent consent = read(row);
        if (consent instanceof Consent.Ended ended && row.isStanding()) {
            RevocationOrder order =
                    orders.find(ConsentMapping.need(row.endedByOrder)).orElseThrow();
            return write(row, ended, order.event(ended));
        }
        if (consent instanceof Consent.Undecided undecided && now.isSurelyPast(undecided.lapsesAt())) {
            Consent.Lapsed next = undecided.lapse(now.latest());
            return write(row, next, TransitionEvents.lapsed(next));
        }
        if (consent instanceof Consent.Standing standing && now.isSurelyPast(standing.expiresAt())) {
            Consent.Ended next = standing.end(Ending.EXPIRED, now.latest());
            return write(row, next, TransitionEvents.expired(next, now.latest()));
        }
        return consent;
    }

    private Consent read(ConsentRow row) {
        return read(row, orders::find);
    }

    /** What a row says, if this service wrote it as it stands, and no order says more. */
    Consent read(ConsentRow row, Function<Long, Optional<RevocationOrder>> ordered) {
        if (!isSound(row)) {
            return ConsentMapping.damaged(row);
        }
        Consent consent;
        try {
            consent = ConsentMapping.toConsent(row);
        } catch (IllegalStateException e) {
            LOG.errorf("The row of grant %s fits no state: %s", row.grantId, e.getMessage());
            return ConsentMapping.damaged(row);
        }
        if (row.endedByOrder == null || !(consent instanceof Consent.Standing standing)) {
            return consent;
        }
        return ordered.apply(row.endedByOrder)
                .<Consent>map(order -> order.end(standing))
                .orElseGet(() -> ConsentMapping.damaged(row));
    }

    /** Seals a row as it is now. */
    void seal(ConsentRow row) {
        seals.seal(row);
    }

    private boolean isSound(ConsentRow row) {
        if (!seals.isSound(row)) {
            return false;
        }
        // Under a lock the row may be newer than what this statement saw of the ledger, never older.
        if (row.version < row.recordedVersion || row.releaseCount < row.recordedUses) {
            seals.reportOld(row);
            return false;
        }
        return true;
    }
}

package io.consentry.obligation;

import static io.consentry.schema.ObligationTable.OBLIGATION;
import static io.consentry.schema.Routines.serviceTime;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.val;

import io.consentry.database.ManyRows;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.ServiceClock;
import io.consentry.key.RowSeals;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jooq.DSLContext;
import org.jooq.Table;

/**
 * Reads and writes rows of obligations, in the caller's transaction. Every write seals the row. One that was changed behind
 * the service's back counts as overdue and is never written again: whoever forged an attestation or a later day has gained
 * nothing, and the forgery is not sealed over.
 */
@ApplicationScoped
class ObligationStore {

    private static final ManyRows<ObligationRow> NEW = new ManyRows<ObligationRow>("owed")
            .with(OBLIGATION.GRANT_ID, row -> row.grantId)
            .with(OBLIGATION.LOG, row -> row.log)
            .with(OBLIGATION.RECORD_ID, row -> row.recordId)
            .with(OBLIGATION.GRANT_VERSION, row -> row.grantVersion)
            .with(OBLIGATION.CLIENT_ID, row -> row.clientId)
            .with(OBLIGATION.PERSON_ID, row -> row.personId)
            .with(OBLIGATION.ENDING, row -> row.ending)
            .with(OBLIGATION.ENDED_AT, row -> row.endedAt)
            .with(OBLIGATION.LAST_RELEASE_AT, row -> row.lastReleaseAt)
            .with(OBLIGATION.DUE_AT, row -> row.dueAt)
            .with(OBLIGATION.STATE, row -> row.state)
            .with(OBLIGATION.SEAL, ObligationRow::seal);

    private final StatelessSession session;
    private final DSLContext sql;
    private final Ledger ledger;
    private final RowSeals seals;
    private final ServiceClock clock;

    ObligationStore(StatelessSession session, DSLContext sql, Ledger ledger, RowSeals seals, ServiceClock clock) {
        this.session = session;
        this.sql = sql;
        this.ledger = ledger;
        this.seals = seals;
        this.clock = clock;
    }

    /** A locked row, the obligation in it, and whether this service wrote it as it stands. */
    record Locked(ObligationRow row, Obligation obligation, boolean isSound) {}

    /** Now, as exactly as a row keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    void insert(List<Owed> all) {
        List<ObligationRow> rows = all.stream().map(ObligationRow::of).toList();
        rows.forEach(seals::seal);
        Table<?> owed = NEW.of(rows);
        sql.insertInto(OBLIGATION)
                .columns(owed.fields())
                .select(selectFrom(owed))
                .execute();
    }

    Optional<Obligation> find(GrantId grant) {
        return Optional.ofNullable(session.get(ObligationRow.class, grant.value()))
                .flatMap(this::read);
    }

    Optional<Locked> lock(GrantId grant) {
        return Optional.ofNullable(session.get(ObligationRow.class, grant.value(), LockMode.PESSIMISTIC_WRITE))
                .flatMap(row -> read(row).map(obligation -> new Locked(row, obligation, seals.fits(row))));
    }

    List<Obligation> of(PersonId person) {
        return session
                .createSelectionQuery(
                        "from ObligationRow where personId = :person order by endedAt desc, grantId",
                        ObligationRow.class)
                .setParameter("person", person.value())
                .getResultList()
                .stream()
                .flatMap(row -> read(row).stream())
                .toList();
    }

    /** Those whose day has passed without an attestation, the oldest first. */
    List<Obligation> overdue(int limit) {
        return session
                .createSelectionQuery(
                        "from ObligationRow where state <> 'met' and dueAt <= :now order by dueAt, grantId",
                        ObligationRow.class)
                .setParameter("now", now())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .flatMap(row -> read(row).stream())
                .toList();
    }

    long countOverdue() {
        return session.createSelectionQuery(
                        "select count(*) from ObligationRow where state <> 'met' and dueAt <= :now", Long.class)
                .setParameter("now", now())
                .getSingleResult();
    }

    /** When something was owed, and under which grant. */
    record Due(Instant at, UUID grant) {

        static final Due BEFORE_ALL = new Due(Instant.EPOCH, new UUID(0, 0));
    }

    /** The first after one that are overdue without an entry that says so. */
    List<Due> unrecorded(Due after, int limit) {
        return sql.select(OBLIGATION.DUE_AT, OBLIGATION.GRANT_ID)
                .from(OBLIGATION)
                .where(OBLIGATION.STATE.eq(inline(ObligationState.OPEN.wire()))) // as the index has it
                .and(OBLIGATION.DUE_AT.le(least(field(select(serviceTime())), val(now()))))
                .and(row(OBLIGATION.DUE_AT, OBLIGATION.GRANT_ID).gt(after.at(), after.grant()))
                .orderBy(OBLIGATION.DUE_AT, OBLIGATION.GRANT_ID)
                .limit(limit)
                .fetch(mapping(Due::new));
    }

    /** Writes the next state and its entry, under the person's key. */
    void write(ObligationRow row, Obligation next, LedgerEvent event) {
        row.apply(next);
        seals.seal(row);
        session.update(row);
        ledger.append(ledger.draft(event, next.owed().person()));
    }

    private Optional<Obligation> read(ObligationRow row) {
        if (!seals.isSound(row)) {
            return changed(row);
        }
        return Optional.of(
                row.state() == ObligationState.MET
                        ? new Obligation.Met(row.owed(), row.attestation())
                        : Obligation.unmet(row.owed(), clock.now(row.readAt).earliest()));
    }

    /** Empty where what somebody wrote into it cannot even be told; the rest of a list is. */
    private static Optional<Obligation> changed(ObligationRow row) {
        try {
            return Optional.of(new Obligation.Overdue(row.owed()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

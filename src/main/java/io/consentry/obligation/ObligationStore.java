package io.consentry.obligation;

import static io.consentry.schema.ObligationTable.OBLIGATION;
import static io.consentry.schema.Routines.serviceTime;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.consentry.database.BulkStatement;
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

/**
 * Reads and writes rows of obligations, in the caller's transaction. Every write seals the row. One that was changed behind
 * the service's back counts as overdue and is never written again: whoever forged an attestation or a later day has gained
 * nothing, and the forgery is not sealed over.
 */
@ApplicationScoped
class ObligationStore {

    private static final BulkStatement<ObligationRow> INSERT = new BulkStatement<ObligationRow>("""
            insert into obligation (grant_id, log, record_id, grant_version, client_id, person_id, ending,
                                    ended_at, last_release_at, due_at, state, seal)
                select * from unnest(?::uuid[], ?::integer[], ?::uuid[], ?::integer[], ?::text[], ?::uuid[], ?::text[],
                                     ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::text[]::timestamptz[],
                                     ?::text[], ?::bytea[])""")
            .uuid(row -> row.grantId)
            .integer(row -> (int) row.log)
            .uuid(row -> row.recordId)
            .integer(row -> row.grantVersion)
            .text(row -> row.clientId)
            .uuid(row -> row.personId)
            .text(row -> row.ending)
            .instant(row -> row.endedAt)
            .instant(row -> row.lastReleaseAt)
            .instant(row -> row.dueAt)
            .text(row -> row.state)
            .bytes(ObligationRow::seal);

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
        session.doWork(connection -> INSERT.execute(rows, connection));
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

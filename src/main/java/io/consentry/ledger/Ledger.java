package io.consentry.ledger;

import static io.consentry.schema.LedgerCommitmentTable.LEDGER_COMMITMENT;
import static io.consentry.schema.LedgerEventTable.LEDGER_EVENT;
import static io.consentry.schema.LedgerFollowerTable.LEDGER_FOLLOWER;
import static io.consentry.schema.LedgerOutboxTable.LEDGER_OUTBOX;
import static io.consentry.schema.LedgerStagedTable.LEDGER_STAGED;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.SQLDataType.BIGINT;

import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.consentry.key.DataKey;
import io.consentry.key.MasterKey;
import io.consentry.key.PersonKeys;
import io.consentry.key.PersonKeys.With;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.Table;

/**
 * The append side of the ledger.
 *
 * <p>Life of an entry: {@link #draft} commits to an event and seals it; {@link #append} stores commitment, sealed event
 * and a place in the queue, in the transaction of the act that it records; the {@link Sequencer} gives it an index. There
 * is no path that changes or removes one.
 */
@ApplicationScoped
public class Ledger {

    /** The commitment as the statement that made it knows it. */
    private static final Table<?> COMMITTED = table(name("committed"));

    private static final Field<Long> ID =
            field(COMMITTED.getQualifiedName().append(LEDGER_COMMITMENT.ID.getUnqualifiedName()), BIGINT);

    /** The number of the event among its person's, as the same statement knows it. */
    private static final Table<?> NUMBERED = table(name("numbered"));

    private static final Field<Long> NUMBER = field(NUMBERED.getQualifiedName().append("number"), BIGINT);

    private final DSLContext sql;
    private final PersonKeys personKeys;
    private final MasterKey master;
    private final InStep database;
    private final String origin;

    Ledger(DSLContext sql, PersonKeys personKeys, MasterKey master, InStep database, Settings settings) {
        this.database = database;
        this.sql = sql;
        this.personKeys = personKeys;
        this.master = master;
        this.origin = settings.ledger().origin();
    }

    /** The name of a log: that of the ledger for the first, and with its number behind it for each other. */
    public String origin(LogNumber log) {
        return log.equals(LogNumber.FIRST) ? origin : origin + '/' + log;
    }

    /** Commits to an event of a person and seals it under that person's key. Writes nothing. */
    public Draft draft(LedgerEvent event, PersonId person) {
        With<Long> found = personKeys
                .find(person, PersonNumbers.soFar(event.grantId().log()))
                .orElseThrow(() -> new IllegalStateException("the person's key was erased: nothing can be recorded"));
        return draft(event, person, found.key(), found.beside());
    }

    static Draft draft(LedgerEvent event, PersonId person, DataKey key, long after) {
        return draft(event, OptionalLong.of(after), key, Optional.of(person));
    }

    /** Commits to an event that names nobody yet. Writes nothing. */
    public Draft draft(LedgerEvent event) {
        return draft(event, OptionalLong.empty(), master.own(), Optional.empty());
    }

    /**
     * Appends in the caller's transaction. The commit of that transaction is the promise that the entry will get an index:
     * a crash before it leaves neither act nor entry, a crash after it leaves both.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Draft draft) {
        append(draft, Optional.empty());
    }

    /** The same, and if the event took a sealed row a step further, from now on a row that is behind that is known for one. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Draft draft, Optional<RowStep> step) {
        database.require();
        LedgerEvent event = draft.event();
        UUID grant = event.grantId().value();
        UUID person = draft.person().map(PersonId::value).orElse(null);
        Field<Short> log = val(event.grantId().log().column());
        // First its number, under the lock of its person's count, and then the commitment's: of what a person
        // has in a log, the later one has the higher of both, and so the higher index.
        var entry = sql.with(NUMBERED.getName(), NUMBER.getName())
                .asMaterialized(select(draft.person()
                        .map(who -> PersonNumbers.next(who, event.grantId().log()))
                        .orElseGet(PersonNumbers::none)))
                .with(COMMITTED.getName())
                .as(insertInto(LEDGER_COMMITMENT, LEDGER_COMMITMENT.LOG, LEDGER_COMMITMENT.ENTRY)
                        .select(select(log, val(draft.entry())).from(NUMBERED))
                        .returningResult(LEDGER_COMMITMENT.ID))
                .with("queued")
                .as(insertInto(LEDGER_STAGED, LEDGER_STAGED.LOG, LEDGER_STAGED.COMMITMENT_ID)
                        .select(select(log, ID).from(COMMITTED))
                        .returningResult(LEDGER_STAGED.COMMITMENT_ID));
        if (event.kind().isTold() && person != null) {
            entry = entry.with("told").as(tell(event, grant, person));
        }
        entry.insertInto(LEDGER_EVENT)
                .columns(
                        LEDGER_EVENT.COMMITMENT_ID,
                        LEDGER_EVENT.LOG,
                        LEDGER_EVENT.PERSON_ID,
                        LEDGER_EVENT.GRANT_ID,
                        LEDGER_EVENT.GRANT_VERSION,
                        LEDGER_EVENT.ROW_ID,
                        LEDGER_EVENT.ROW_STEP,
                        LEDGER_EVENT.PERSON_NUMBER,
                        LEDGER_EVENT.SEALED)
                .select(select(
                                ID,
                                log,
                                val(person, LEDGER_EVENT.PERSON_ID),
                                val(grant),
                                val(event.version()),
                                val(step.map(RowStep::row).orElse(null), LEDGER_EVENT.ROW_ID),
                                val(step.map(RowStep::number).orElse(null), LEDGER_EVENT.ROW_STEP),
                                NUMBER,
                                val(draft.sealed()))
                        .from(COMMITTED, NUMBERED))
                .execute();
    }

    /**
     * Puts the entry into the outbox, if its client follows what happens to its grants. What is told is queued with what happened, or
     * neither is there; entries that nobody is told of do not come by here.
     */
    private static ResultQuery<?> tell(LedgerEvent event, UUID grant, UUID person) {
        return insertInto(LEDGER_OUTBOX)
                .columns(
                        LEDGER_OUTBOX.COMMITMENT_ID,
                        LEDGER_OUTBOX.LOG,
                        LEDGER_OUTBOX.JTI,
                        LEDGER_OUTBOX.CLIENT_ID,
                        LEDGER_OUTBOX.GRANT_ID,
                        LEDGER_OUTBOX.PERSON_ID,
                        LEDGER_OUTBOX.GRANT_VERSION,
                        LEDGER_OUTBOX.KIND,
                        LEDGER_OUTBOX.OCCURRED_AT)
                .select(select(
                                ID,
                                val(event.grantId().log().column()),
                                val(event.recordId()),
                                LEDGER_FOLLOWER.CLIENT_ID,
                                val(grant),
                                val(person),
                                val(event.version()),
                                val(event.kind().wire()),
                                val(event.at()))
                        .from(COMMITTED, LEDGER_FOLLOWER)
                        .where(LEDGER_FOLLOWER.CLIENT_ID.eq(event.clientId().value())))
                .returningResult(LEDGER_OUTBOX.COMMITMENT_ID);
    }

    private static Draft draft(LedgerEvent event, OptionalLong after, DataKey key, Optional<PersonId> person) {
        byte[] canonical = EventForm.canonical(event, after);
        byte[] opening = Commitment.newOpening();
        Commitment commitment = Commitment.to(canonical, opening);
        return new Draft(event, person, commitment, SealedEvent.seal(key, commitment, opening, canonical));
    }
}

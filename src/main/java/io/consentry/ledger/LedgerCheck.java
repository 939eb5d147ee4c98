package io.consentry.ledger;

import static io.consentry.schema.LedgerCommitmentTable.LEDGER_COMMITMENT;
import static io.consentry.schema.LedgerEntryTable.LEDGER_ENTRY;
import static io.consentry.schema.LedgerEventTable.LEDGER_EVENT;
import static io.consentry.schema.LedgerPersonTable.LEDGER_PERSON;
import static io.consentry.schema.LedgerStagedTable.LEDGER_STAGED;
import static io.consentry.schema.LedgerTreeTable.LEDGER_TREE;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.SQLDataType.BIGINT;

import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.MasterKey;
import io.consentry.key.PersonKeys;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Re-verifies the whole ledger: that the indexes of each log are dense, that every commitment is in the order or in the queue and never
 * both, that nothing refers to a commitment that is not there, that every sealed event opens and is what its entry commits
 * to, that the events of each person are numbered without a gap, that the version and the count of uses beside it are its own, and that each grant's events tell a possible life.
 */
@ApplicationScoped
public class LedgerCheck {

    private static final int PAGE = 2000;

    private final DSLContext sql;
    private final PersonKeys personKeys;
    private final MasterKey master;

    LedgerCheck(DSLContext sql, PersonKeys personKeys, MasterKey master) {
        this.sql = sql;
        this.personKeys = personKeys;
        this.master = master;
    }

    /**
     * What was found.
     *
     * @param commitments how many commitments were read
     * @param problems one sentence for each thing that is wrong; empty when all is well
     */
    public record Report(long commitments, List<String> problems) {}

    /** Reads everything in one snapshot. Time grows with the ledger; memory with the number of grants. */
    @Transactional
    @TransactionConfiguration(timeout = 3600)
    public Report check() {
        return read(new VerifiedEvents());
    }

    /** Reads the order, and those events that come after what was verified before; adds them to it. */
    @Transactional
    @TransactionConfiguration(timeout = 3600)
    Report check(VerifiedEvents verified) {
        return read(verified);
    }

    private Report read(VerifiedEvents verified) {
        sql.execute("set transaction isolation level repeatable read, read only");
        return judge(verified);
    }

    /** What the caller's transaction sees, committed or not. */
    Report judge(VerifiedEvents verified) {
        var problems = new ArrayList<String>();
        checkOrder(problems);
        checkNumbers(problems);
        checkEvents(verified, problems);
        return new Report(verified.count(), List.copyOf(problems));
    }

    private void checkOrder(List<String> problems) {
        sql.select(LEDGER_TREE.LOG, LEDGER_TREE.SIZE)
                .from(LEDGER_TREE)
                .orderBy(LEDGER_TREE.LOG)
                .forEach(tree -> checkOrder(problems, tree.value1(), tree.value2()));
        expect(
                problems,
                0,
                count(
                        LEDGER_ENTRY,
                        notExists(selectOne().from(LEDGER_TREE).where(LEDGER_TREE.LOG.eq(LEDGER_ENTRY.LOG)))),
                "entries in the order of a log that there is not");
        expect(
                problems,
                0,
                count(LEDGER_STAGED, isInOrder(LEDGER_STAGED.COMMITMENT_ID, LEDGER_STAGED.LOG)),
                "commitments both queued and in the order");
        expect(
                problems,
                0,
                count(
                        LEDGER_COMMITMENT,
                        not(isInOrder(LEDGER_COMMITMENT.ID, LEDGER_COMMITMENT.LOG))
                                .andNotExists(selectOne()
                                        .from(LEDGER_STAGED)
                                        .where(LEDGER_STAGED.COMMITMENT_ID.eq(LEDGER_COMMITMENT.ID))
                                        .and(LEDGER_STAGED.LOG.eq(LEDGER_COMMITMENT.LOG)))),
                "commitments neither queued nor in the order");
        expectCommitments(problems, LEDGER_EVENT, LEDGER_EVENT.COMMITMENT_ID, LEDGER_EVENT.LOG);
        expectCommitments(problems, LEDGER_ENTRY, LEDGER_ENTRY.COMMITMENT_ID, LEDGER_ENTRY.LOG);
    }

    private void checkOrder(List<String> problems, short log, long size) {
        String ofLog = " of log " + log;
        expect(problems, size, ofOrder(log, DSL.count().cast(BIGINT)), "entries in the order" + ofLog);
        expect(
                problems,
                size - 1,
                ofOrder(log, coalesce(max(LEDGER_ENTRY.INDEX), -1L)),
                "as the highest index" + ofLog);
        expect(problems, 0, ofOrder(log, coalesce(min(LEDGER_ENTRY.INDEX), 0L)), "as the lowest index" + ofLog);
    }

    /** That each person's events in each log are numbered from 1 to as many as there are, and as many as were counted. */
    private void checkNumbers(List<String> problems) {
        var numbered = select(
                        LEDGER_EVENT.PERSON_ID,
                        LEDGER_EVENT.LOG,
                        DSL.count().cast(BIGINT).as("events"),
                        DSL.countDistinct(LEDGER_EVENT.PERSON_NUMBER)
                                .cast(BIGINT)
                                .as("numbers"),
                        max(LEDGER_EVENT.PERSON_NUMBER).as("last"))
                .from(LEDGER_EVENT)
                .where(LEDGER_EVENT.PERSON_ID.isNotNull())
                .groupBy(LEDGER_EVENT.PERSON_ID, LEDGER_EVENT.LOG)
                .asTable("numbered");
        Field<Long> events = coalesce(numbered.field("events", BIGINT), 0L);
        sql.select(LEDGER_PERSON.EVENTS, events, numbered.field("numbers", BIGINT), numbered.field("last", BIGINT))
                .from(LEDGER_PERSON)
                .fullJoin(numbered)
                .using(LEDGER_PERSON.PERSON_ID, LEDGER_PERSON.LOG)
                .where(LEDGER_PERSON.EVENTS.isDistinctFrom(events))
                .or(numbered.field("numbers", BIGINT).ne(events))
                .or(numbered.field("last", BIGINT).ne(events))
                .forEach(found -> problems.add("expected " + found.value1() + " events of a person in a log but found "
                        + found.value2() + " with " + found.value3() + " numbers up to " + found.value4()));
    }

    private void expectCommitments(List<String> problems, Table<?> table, Field<Long> reference, Field<Short> ofLog) {
        expect(
                problems,
                0,
                count(
                        table,
                        notExists(selectOne()
                                .from(LEDGER_COMMITMENT)
                                .where(LEDGER_COMMITMENT.ID.eq(reference))
                                .and(LEDGER_COMMITMENT.LOG.eq(ofLog)))),
                "rows of " + table.getName() + " without a commitment");
    }

    private static Condition isInOrder(Field<Long> commitment, Field<Short> ofLog) {
        return exists(selectOne()
                .from(LEDGER_ENTRY)
                .where(LEDGER_ENTRY.COMMITMENT_ID.eq(commitment))
                .and(LEDGER_ENTRY.LOG.eq(ofLog)));
    }

    private static Select<Record1<Long>> ofOrder(short log, Field<Long> what) {
        return select(what).from(LEDGER_ENTRY).where(LEDGER_ENTRY.LOG.eq(log));
    }

    private static Select<Record1<Long>> count(Table<?> table, Condition which) {
        return select(DSL.count().cast(BIGINT)).from(table).where(which);
    }

    private void expect(List<String> problems, long expected, Select<Record1<Long>> query, String what) {
        long found = sql.fetchValue(query);
        if (found != expected) {
            problems.add("expected " + expected + " but found " + found + " " + what);
        }
    }

    private void checkEvents(VerifiedEvents verified, List<String> problems) {
        if (sql.fetchValue(count(LEDGER_COMMITMENT, LEDGER_COMMITMENT.ID.le(verified.last()))) != verified.count()) {
            verified.forget(); // commitments are numbered before they are committed: one came late
        }
        List<FiledEvent> page = page(verified.last());
        while (!page.isEmpty()) {
            findKeys(page, verified.keys());
            // Opening is what takes the time, and needs nothing but the row and its key; lives go in order.
            List<FiledEvent.Verified> verdicts = page.parallelStream()
                    .map(filed -> filed.verify(key(filed, verified.keys())))
                    .toList();
            verdicts.forEach(verdict -> verified.add(verdict, problems));
            page = page(verified.last());
        }
        verified.addProblemsOfLives(problems);
    }

    private List<FiledEvent> page(long after) {
        return sql.select(
                        LEDGER_COMMITMENT.ID,
                        LEDGER_COMMITMENT.LOG,
                        LEDGER_COMMITMENT.ENTRY,
                        LEDGER_EVENT.PERSON_ID,
                        LEDGER_EVENT.GRANT_ID,
                        LEDGER_EVENT.SEALED,
                        LEDGER_EVENT.GRANT_VERSION,
                        LEDGER_EVENT.ROW_STEP,
                        LEDGER_EVENT.PERSON_NUMBER)
                .from(LEDGER_COMMITMENT)
                .leftJoin(LEDGER_EVENT)
                .on(LEDGER_EVENT.COMMITMENT_ID.eq(LEDGER_COMMITMENT.ID))
                .and(LEDGER_EVENT.LOG.eq(LEDGER_COMMITMENT.LOG))
                .where(LEDGER_COMMITMENT.ID.gt(after))
                .orderBy(LEDGER_COMMITMENT.ID)
                .limit(PAGE)
                .fetch(mapping(FiledEvent::of));
    }

    private void findKeys(List<FiledEvent> page, Map<PersonId, DataKey> keys) {
        Set<PersonId> unknown = page.stream()
                .flatMap(filed -> filed.person().stream())
                .filter(person -> !keys.containsKey(person))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            keys.putAll(personKeys.findAll(unknown));
        }
    }

    private Optional<DataKey> key(FiledEvent filed, Map<PersonId, DataKey> keys) {
        return filed.person()
                .map(person -> Optional.ofNullable(keys.get(person)))
                .orElseGet(() -> Optional.of(master.own()));
    }
}

package io.consentry.ledger;

import static io.consentry.schema.LedgerPersonTable.LEDGER_PERSON;
import static io.consentry.schema.LedgerTreeTable.LEDGER_TREE;
import static io.consentry.schema.Routines.numberEvents;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * The numbers of a person's events, log by log: dense from 1, in the order in which their transactions committed. So whoever holds
 * the number of one event, or a later event that says how many there were before it, notices one that is hidden.
 */
final class PersonNumbers {

    private PersonNumbers() {}

    /** How many events a person has in a log, by the column of their id. */
    static Function<Field<UUID>, Field<Long>> soFar(LogNumber log) {
        return person -> coalesce(
                field(select(LEDGER_PERSON.EVENTS)
                        .from(LEDGER_PERSON)
                        .where(LEDGER_PERSON.PERSON_ID.eq(person))
                        .and(LEDGER_PERSON.LOG.eq(log.column()))),
                inline(0L));
    }

    /** The same of every log, in the order of their numbers. */
    static Field<Long[]> soFarInEach(Field<UUID> person) {
        return field(select(arrayAgg(coalesce(LEDGER_PERSON.EVENTS, inline(0L))).orderBy(LEDGER_TREE.LOG))
                .from(LEDGER_TREE)
                .leftJoin(LEDGER_PERSON)
                .on(LEDGER_PERSON.LOG.eq(LEDGER_TREE.LOG))
                .and(LEDGER_PERSON.PERSON_ID.eq(person)));
    }

    /** The number of the event that a statement appends. The row of the count stays locked until the commit. */
    static Field<Long> next(PersonId person, LogNumber log) {
        return numberEvents(val(person.value()), val(log.value()), inline(1L));
    }

    /** No number: nobody knows whose event it is. */
    static Field<Long> none() {
        return val(null, SQLDataType.BIGINT);
    }
}

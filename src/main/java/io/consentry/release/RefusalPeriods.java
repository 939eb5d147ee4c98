package io.consentry.release;

import static io.consentry.schema.RefusalOnRecordTable.REFUSAL_ON_RECORD;
import static io.consentry.schema.Routines.serviceTime;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import io.consentry.database.Sweep;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.types.DayToSecond;

/**
 * Which refusals are put on record: the first of a grant and a reason, and the next one after a period. So a client that tries for
 * ever with a dead token adds a bounded number of entries a day, and the person still hears that it goes on.
 */
@Singleton
class RefusalPeriods {

    private final DSLContext sql;
    private final Duration period;
    private final DayToSecond spell;

    RefusalPeriods(DSLContext sql, ReleaseSettings settings) {
        this.sql = sql;
        this.period = settings.refusalsEvery();
        this.spell = DayToSecond.valueOf(period);
    }

    /** Begins a period in the caller's transaction, which appends the entry; false while one is under way. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean begin(GrantId grant, FaultCode why) {
        // Most tries end at the look. Of two that see nothing, the second waits for the first to commit, and then finds
        // its row. A time far ahead is one of a clock that had jumped, and keeps nothing from the record.
        Field<Instant> now = serviceTime();
        return sql.insertInto(
                                REFUSAL_ON_RECORD,
                                REFUSAL_ON_RECORD.GRANT_ID,
                                REFUSAL_ON_RECORD.LOG,
                                REFUSAL_ON_RECORD.REASON,
                                REFUSAL_ON_RECORD.RECORDED_AT)
                        .select(select(val(grant.value()), val(grant.log().column()), val(why.code()), now)
                                .whereNotExists(selectOne()
                                        .from(REFUSAL_ON_RECORD)
                                        .where(REFUSAL_ON_RECORD.GRANT_ID.eq(grant.value()))
                                        .and(REFUSAL_ON_RECORD.REASON.eq(why.code()))
                                        .and(around(now))))
                        .onConflict(REFUSAL_ON_RECORD.GRANT_ID, REFUSAL_ON_RECORD.REASON, REFUSAL_ON_RECORD.LOG)
                        .doUpdate()
                        .set(REFUSAL_ON_RECORD.RECORDED_AT, excluded(REFUSAL_ON_RECORD.RECORDED_AT))
                        .where(not(around(excluded(REFUSAL_ON_RECORD.RECORDED_AT))))
                        .execute()
                == 1;
    }

    /** Whether what is on record is less than a period from a time. */
    private Condition around(Field<Instant> time) {
        return REFUSAL_ON_RECORD.RECORDED_AT.between(time.minus(spell), time.plus(spell));
    }

    @Produces
    @Singleton
    Sweep over() {
        return Sweep.past(
                REFUSAL_ON_RECORD.RECORDED_AT, period, "until then the same refusal is not put on record again");
    }
}

package io.consentry.database;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.with;
import static org.jooq.impl.SQLDataType.OTHER;

import java.time.Duration;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * What is removed from one table, and when. A package declares what goes of its own tables as beans of this type; one sweeper
 * runs them all, and {@code src/docs/what-is-kept.md} lists them beside what is kept for ever.
 *
 * @param table whose rows go
 * @param keep how long after its time a row is kept
 * @param why it is kept so long, for whoever reads of it in a log
 */
public record Sweep(Table<?> table, Duration keep, String why, Statement statement) {

    private static final Field<Object> PLACE = field(name("ctid"), OTHER);

    /** What removes rows. */
    @FunctionalInterface
    public interface Statement {

        /**
         * Looks at no more than so many rows whose time was before another, found by an index, removes those that go, sees to it that
         * those that stay are not found again in this round, and answers how many it looked at.
         */
        ResultQuery<? extends Record1<? extends Number>> of(Field<Instant> before, int batch);
    }

    /** By a column that an index is on. */
    public static Sweep past(TableField<?, Instant> time, Duration keep, String why) {
        return past(time, noCondition(), keep, why);
    }

    /**
     * The same, of the rows of which a condition holds that is the index's, too. Both are asked once more of a row that somebody changed
     * while it was waited for: a TID alone would find its new version.
     */
    public static Sweep past(TableField<?, Instant> time, Condition condition, Duration keep, String why) {
        Table<?> table = time.getTable();
        return new Sweep(table, keep, why, (before, batch) -> {
            Condition over = time.lt(before).and(condition);
            var found =
                    array(select(PLACE).from(table).where(over).orderBy(time).limit(batch));
            return with("gone")
                    .as(deleteFrom(table).where(PLACE.eq(any(found))).and(over).returningResult(inline(1)))
                    .selectCount()
                    .from(name("gone"));
        });
    }

    /** All at once by a function of the tables' owner, since nobody who serves may remove it sooner. */
    public static Sweep byOwner(Table<?> table, Field<Long> function, Duration keep, String why) {
        return new Sweep(table, keep, why, (before, batch) -> select(function));
    }
}

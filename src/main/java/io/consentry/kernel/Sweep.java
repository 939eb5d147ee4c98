package io.consentry.kernel;

import java.time.Duration;

/**
 * What is removed from one table, and when. A package declares what goes of its own tables as beans of this type; one sweeper
 * runs them all, and {@code src/docs/what-is-kept.md} lists them beside what is kept for ever.
 *
 * @param table whose rows go
 * @param keep how long after its time a row is kept
 * @param why it is kept so long, for whoever reads of it in a log
 * @param statement looks at no more than {@code :batch} rows whose time was before {@code :before}, found by an index, removes those that
 *     go, sees to it that those that stay are not found again in this round, and answers how many it looked at
 */
public record Sweep(String table, Duration keep, String why, String statement) {

    /** By a column that an index is on. */
    public static Sweep past(String table, String column, Duration keep, String why) {
        return past(table, column, "true", keep, why);
    }

    /**
     * The same, of the rows of which a condition holds that is the index's, too. Both are asked once more of a row that somebody changed
     * while it was waited for: a TID alone would find its new version.
     */
    public static Sweep past(String table, String column, String condition, Duration keep, String why) {
        return new Sweep(table, keep, why, """
                with gone as (
                    delete from %1$s where ctid = any (array(
                        select ctid from %1$s where %2$s < :before and %3$s order by %2$s limit :batch))
                        and %2$s < :before and %3$s returning 1)
                select count(*) from gone""".formatted(table, column, condition));
    }

    /** By a function of the tables' owner, since nobody who serves may remove it sooner. */
    public static Sweep byOwner(String table, String function, Duration keep, String why) {
        return new Sweep(table, keep, why, "select %s()".formatted(function));
    }

    /** Whether it is all done by one call. */
    public boolean isCall() {
        return statement.startsWith("select ");
    }
}

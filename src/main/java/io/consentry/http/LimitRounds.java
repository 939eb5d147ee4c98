package io.consentry.http;

import static io.consentry.schema.LimitSpentTable.LIMIT_SPENT;
import static java.util.Objects.requireNonNull;
import static org.jooq.Records.intoMap;
import static org.jooq.impl.DSL.currentTimestamp;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;

import io.consentry.database.ManyRows;
import io.consentry.database.Sweep;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/**
 * Tells the other nodes what clients and persons have spent here, and learns what they spent there: one statement every few
 * seconds, and none when nobody came. Between two rounds each node can be used up to its own limit; a database that does not
 * answer leaves it at that. Totals only grow, so that no clock is compared.
 */
@ApplicationScoped
class LimitRounds {

    private static final Logger LOG = Logger.getLogger(LimitRounds.class);

    private final Limits limits;
    private final DSLContext sql;

    LimitRounds(Limits limits, DSLContext sql) {
        this.limits = limits;
        this.sql = sql;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tellAndLearn() {
        limits.shared().forEach(this::round);
    }

    /** Totals of which nobody has told for so long are of no use to anybody: buckets are full again. */
    @Produces
    @Singleton
    Sweep forgotten() {
        return Sweep.past(LIMIT_SPENT.TOLD_AT, Duration.ofHours(1), "by then the buckets are full again");
    }

    private void round(Limit limit) {
        Map<String, Long> spent = limit.takeUntold();
        if (spent.isEmpty()) {
            return;
        }
        try {
            Map<String, Long> totals = QuarkusTransaction.requiringNew().call(() -> tell(limit.name(), spent));
            totals.forEach((subject, total) -> limit.learn(subject, total, spent.getOrDefault(subject, 0L)));
        } catch (RuntimeException e) {
            // What was spent here is not told later: the others' buckets fill up meanwhile.
            LOG.debugf("A round of limits was left out: %s", e.getClass().getName());
        }
    }

    private Map<String, Long> tell(String kind, Map<String, Long> spent) {
        String prefix = kind + " ";
        Table<?> told = new ManyRows<Map.Entry<String, Long>>("told")
                .with(LIMIT_SPENT.SUBJECT, each -> prefix + each.getKey())
                .with(LIMIT_SPENT.TOTAL, Map.Entry::getValue)
                .of(spent.entrySet());
        Field<String> subject = requireNonNull(told.field(LIMIT_SPENT.SUBJECT));
        return sql.insertInto(LIMIT_SPENT, LIMIT_SPENT.SUBJECT, LIMIT_SPENT.TOTAL, LIMIT_SPENT.TOLD_AT)
                .select(select(subject, told.field(LIMIT_SPENT.TOTAL), now())
                        .from(told)
                        .orderBy(subject))
                .onConflict(LIMIT_SPENT.SUBJECT)
                .doUpdate()
                .set(LIMIT_SPENT.TOTAL, LIMIT_SPENT.TOTAL.plus(excluded(LIMIT_SPENT.TOTAL)))
                .set(LIMIT_SPENT.TOLD_AT, now())
                .returningResult(LIMIT_SPENT.SUBJECT, LIMIT_SPENT.TOTAL)
                .collect(intoMap(row -> row.value1().substring(prefix.length()), row -> row.value2()));
    }

    private static Field<Instant> now() {
        return currentTimestamp().coerce(LIMIT_SPENT.TOLD_AT);
    }
}

package io.consentry.database;

import static io.consentry.schema.Routines.serviceTime;
import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.consentry.kernel.ServiceClock;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.types.DayToSecond;

/**
 * Removes what has had its time, of all tables, in one place ({@code src/docs/what-is-kept.md}). Nothing depends on it: whether
 * something still holds is judged whenever it is read. Each batch is a short transaction of its own, so that a table that has grown is
 * worn down beside the traffic, and nodes that sweep at once share the work.
 */
@ApplicationScoped
public class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private static final int BATCH = 1_000;

    /** Of one table in one round; the next round goes on. */
    private static final int BATCHES = 100;

    private final List<Sweep> sweeps;
    private final DSLContext sql;
    private final InstantSource clock;

    Sweeper(@All List<Sweep> sweeps, DSLContext sql, InstantSource clock) {
        this.sweeps = List.copyOf(sweeps);
        this.sql = sql;
        this.clock = clock;
    }

    /** All that is ever removed by time. */
    public List<Sweep> sweeps() {
        return sweeps;
    }

    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = SKIP, skipExecutionIf = ServiceClock.InDoubt.class)
    public void sweep() {
        sweeps.forEach(this::sweep);
    }

    /** One that fails holds up no other. */
    private void sweep(Sweep sweep) {
        try {
            for (int batches = 0; batches < BATCHES && batch(sweep) == BATCH; batches++) {}
        } catch (RuntimeException e) {
            LOG.warnf(
                    "What has had its time in %s could not be removed: %s",
                    sweep.table().getName(), e.getMessage());
        }
    }

    private long batch(Sweep sweep) {
        return QuarkusTransaction.requiringNew()
                .call(() -> sql.fetchSingle(sweep.statement().of(before(sweep.keep()), BATCH))
                        .value1()
                        .longValue());
    }

    /** By the database's clock, and by this one: what either takes for the future stays. */
    private Field<Instant> before(Duration keep) {
        return least(field(select(serviceTime())), val(clock.instant())).minus(DayToSecond.valueOf(keep));
    }
}

package io.consentry.database;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.consentry.kernel.ServiceClock;
import io.consentry.kernel.Sweep;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Removes what has had its time, of all tables, in one place ({@code src/docs/what-is-kept.md}). Nothing depends on it: whether
 * something still holds is judged whenever it is read. Each batch is a short transaction of its own, so that a table that has grown is
 * worn down beside the traffic, and nodes that sweep at once share the work.
 */
@ApplicationScoped
public class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private static final int BATCH = 1_000;

    /** By the database's clock, and by this one: what either takes for the future stays. */
    private static final String BEFORE = "(least((select service_time()), :now) - make_interval(secs => :keep))";

    /** Of one table in one round; the next round goes on. */
    private static final int BATCHES = 100;

    private final List<Sweep> sweeps;
    private final StatelessSession session;
    private final InstantSource clock;

    Sweeper(@All List<Sweep> sweeps, StatelessSession session, InstantSource clock) {
        this.sweeps = List.copyOf(sweeps);
        this.session = session;
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
            if (sweep.isCall()) {
                QuarkusTransaction.requiringNew().run(() -> call(sweep));
                return;
            }
            for (int batches = 0; batches < BATCHES && batch(sweep) == BATCH; batches++) {}
        } catch (RuntimeException e) {
            LOG.warnf("What has had its time in %s could not be removed: %s", sweep.table(), e.getMessage());
        }
    }

    private void call(Sweep sweep) {
        session.createNativeQuery(sweep.statement(), Long.class).getSingleResult();
    }

    private long batch(Sweep sweep) {
        String statement = sweep.statement().replace(":before", BEFORE);
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(statement, Long.class)
                        .setParameter("now", clock.instant())
                        .setParameter("keep", sweep.keep().toSeconds())
                        .setParameter("batch", BATCH)
                        .getSingleResult());
    }
}

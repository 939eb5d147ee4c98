package io.consentry.health;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;

import io.consentry.kernel.ServiceClock;
import io.consentry.kernel.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few seconds at the database, at this node and at what waits to be done, and remembers what it found: a probe
 * is answered at once, however the database is. On a thread of its own, so that it still looks when all workers are busy.
 */
@ApplicationScoped
class Lookout {

    private static final Logger LOG = Logger.getLogger(Lookout.class);
    private static final long PAUSE_MILLIS = 2000;

    private final DatabaseProbe database;
    private final DSLContext sql;
    private final List<NodeCheck> checks;
    private final List<Backlog> backlogs;
    private final ServiceClock clock;
    private final List<Outage> outages;
    private final Settings settings;
    private final Map<String, Duration> ages = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lookout").factory());
    private volatile boolean stopping;
    private volatile Findings last = new Findings(System.nanoTime(), new DatabaseState.Answers(), Map.of(), Map.of());

    Lookout(
            DatabaseProbe database,
            DSLContext sql,
            @All List<NodeCheck> checks,
            @All List<Backlog> backlogs,
            ServiceClock clock,
            @All List<Outage> outages,
            Settings settings,
            MeterRegistry meters) {
        this.database = database;
        this.sql = sql;
        this.checks = checks;
        this.backlogs = backlogs;
        this.clock = clock;
        this.outages = outages;
        this.settings = settings;
        backlogs.forEach(backlog -> measure(backlog.name(), meters));
        meters.gauge(
                "consentry.degraded", this, lookout -> lookout.last.degraded().size());
    }

    private void measure(String backlog, MeterRegistry meters) {
        Gauge.builder("consentry.backlog.age", ages, all -> seconds(all.get(backlog)))
                .description("How long the oldest piece of work has waited")
                .baseUnit("seconds")
                .tag("backlog", backlog)
                .register(meters);
    }

    private static double seconds(@Nullable Duration age) {
        return age == null ? Double.NaN : age.toMillis() / 1000.0;
    }

    /** After everything that may refuse the start: one that fails must not end in the middle of this work. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent start) {
        if (settings.serves()) {
            var unused = thread.scheduleWithFixedDelay(this::keepLooking, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        stopping = true;
        thread.shutdown();
    }

    /** A look that fails is no news: after a while of such, the node is known to look no more. */
    private void keepLooking() {
        try {
            var unused = look();
        } catch (RuntimeException e) {
            LOG.warnf("A look at the node failed: %s", e.getMessage());
        }
    }

    /** What was found last. */
    Findings last() {
        return last;
    }

    /** Looks now, and tells what it has found. */
    synchronized Findings look() {
        if (stopping) {
            return last; // the pool is about to go
        }
        DatabaseState state = database.look();
        var faults = new HashMap<String, String>();
        checks.forEach(check -> check.fault().ifPresent(fault -> faults.put(check.name(), fault)));
        var shared = new HashMap<String, String>();
        outages.forEach(outage -> shared.putAll(outage.now()));
        if (!clock.isSteady()) {
            shared.put("clock", "The database's clock has jumped, or is not read: nothing is ended for good.");
        }
        if (state instanceof DatabaseState.Answers) {
            backlogs.forEach(backlog -> judge(backlog, shared));
        } else {
            ages.clear(); // nobody knows
        }
        Findings found = new Findings(System.nanoTime(), state, faults, shared);
        tell(last, found);
        last = found;
        return found;
    }

    private void judge(Backlog backlog, Map<String, String> shared) {
        try {
            Optional<Duration> oldest = QuarkusTransaction.requiringNew().call(() -> oldest(backlog));
            ages.put(backlog.name(), oldest.orElse(Duration.ZERO));
            oldest.filter(age -> age.compareTo(backlog.bound()) > 0)
                    .ifPresent(
                            age -> shared.put(backlog.name(), "The oldest has waited for " + age.toSeconds() + " s."));
        } catch (RuntimeException e) {
            ages.remove(backlog.name());
            LOG.logf(
                    stopping ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "The age of %s is not known now: %s",
                    backlog.name(),
                    e.getMessage());
        }
    }

    /** A piece of work from a clock that is ahead has not waited yet. */
    private Optional<Duration> oldest(Backlog backlog) {
        Record2<Instant, Instant> times =
                sql.select(currentInstant(), field(backlog.since())).fetchSingle();
        return Optional.ofNullable(times.value2())
                .map(since -> Duration.between(since, times.value1()))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    /** Says once what began and what is over, not every few seconds. */
    private static void tell(Findings before, Findings now) {
        now.degraded().forEach((what, sentence) -> {
            if (!before.degraded().containsKey(what)) {
                LOG.warnf("Degraded, %s: %s", what, sentence);
            }
        });
        before.degraded().keySet().stream()
                .filter(what -> !now.degraded().containsKey(what))
                .forEach(what -> LOG.infof("No longer degraded: %s", what));
    }
}

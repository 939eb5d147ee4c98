package io.consentry.database;

import static io.consentry.schema.ClockMarkTable.CLOCK_MARK;
import static io.consentry.schema.Routines.serviceTime;
import static io.consentry.schema.Routines.serviceTimeAhead;
import static org.jooq.impl.DSL.extract;
import static org.jooq.impl.SQLDataType.NUMERIC;

import io.consentry.kernel.ServiceClock;
import io.consentry.kernel.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.DatePart;
import org.jspecify.annotations.Nullable;

/**
 * The database's clock as this node knows it: looked at every few seconds, and counted on in between by the node's monotonic
 * clock, so that what the node's own clock says, or how it jumps, is nobody's affair. Never goes back, unless an operator has
 * accepted that. {@link Course} says when it is in doubt.
 */
@ApplicationScoped
public class DatabaseClock implements ServiceClock {

    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);

    /** A mark is a few seconds old, so that nodes do not write it all the time. */
    private static final Duration MARK_EVERY = Duration.ofSeconds(10);

    private final DSLContext sql;
    private final ClockSettings settings;
    private final boolean mayBeAhead;
    private final InstantSource own = Clock.systemUTC();
    private volatile @Nullable Course course;
    private volatile boolean unreadable;

    DatabaseClock(DSLContext sql, ClockSettings settings, Settings service, MeterRegistry meters) {
        this.sql = sql;
        this.settings = settings;
        this.mayBeAhead = service.isSandbox();
        meters.gauge("consentry.clock.doubt.seconds", this, DatabaseClock::doubt);
    }

    /** Refuses to start in production where the service's time is not the database's. */
    void begin(@Observes @Priority(1) StartupEvent start) {
        measure();
    }

    /** Whoever looks first at the start, this or a job that is already at work, finds it out and knows no time. */
    private void refuseAhead(Duration ahead) {
        if (!mayBeAhead && !ahead.isZero()) {
            throw new ConfigurationException("The database puts the service's time ahead of its clock by " + ahead
                    + " (service_time_ahead), which only a sandbox may. Start on another database.");
        }
    }

    @Override
    public Instant instant() {
        return course().tell(System.nanoTime());
    }

    @Override
    public Now now(Instant read) {
        Course now = course();
        long nanos = System.nanoTime();
        Instant told = now.tell(nanos);
        boolean agree = Duration.between(told, read).abs().compareTo(settings.largestJump()) <= 0;
        if (agree && now.against().isEmpty()) {
            // Under a lock the row's may be from before the wait.
            Instant later = exact(told.isAfter(read) ? told : read);
            return new Now(later, later);
        }
        Instant other = now.tellOther(nanos).orElse(read);
        return new Now(
                exact(Stream.of(told, read, other).min(Instant::compareTo).orElseThrow()),
                exact(Stream.of(told, read, other).max(Instant::compareTo).orElseThrow()));
    }

    @Override
    public boolean isSteady() {
        Course now = course;
        return now != null && now.against().isEmpty() && isFresh(now);
    }

    /** An operator says that the database's clock is right as it is; every node believes it from its next look on. */
    @Transactional
    public Instant accept() {
        return sql.update(CLOCK_MARK)
                .set(CLOCK_MARK.AT, serviceTime().minus(serviceTimeAhead()))
                .returningResult(CLOCK_MARK.AT)
                .fetchSingle()
                .value1();
    }

    /** Not at once: the start has looked, and one that fails must not end in the middle of another look. */
    @Scheduled(every = "2s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keepLooking() {
        try {
            look();
            unreadable = false;
        } catch (RuntimeException e) {
            if (!unreadable) {
                LOG.warnf("The database's clock cannot be read: %s", e.getMessage());
            }
            unreadable = true;
        }
    }

    /** Looks at the database's clock now, and not only in a moment. */
    public void look() {
        measure();
    }

    /** Commit point: before it a mark that no doubt speaks against may be lost, which the next look makes good. */
    private Course measure() {
        return QuarkusTransaction.requiringNew().call(() -> {
            Course next = follow(read());
            if (next.against().isEmpty()) {
                mark(next.last());
            }
            return next;
        });
    }

    private synchronized Course follow(Reading look) {
        Course before = course;
        if (before != null && look.nanos() < before.last().nanos()) {
            return before; // a later look was quicker
        }
        Course next = before == null ? Course.begin(look, settings, own) : before.next(look, settings, own);
        course = next;
        tell(before, next);
        return next;
    }

    private static void tell(@Nullable Course before, Course next) {
        boolean wasInDoubt = before != null && before.against().isPresent();
        Optional<Instant> other = next.tellOther(next.last().nanos());
        if (other.isPresent() && !wasInDoubt) {
            LOG.errorf(
                    "The database's clock is in doubt: it may be %s or %s. Nothing is ended for good until it is put right,"
                            + " or accepted as it is by scripts/operate clock accept.",
                    next.tell(next.last().nanos()), other.get());
        } else if (other.isEmpty() && wasInDoubt) {
            LOG.warnf(
                    "The database's clock is in doubt no more: it is %s.",
                    next.tell(next.last().nanos()));
        }
    }

    private Reading read() {
        var look = sql.select(serviceTime(), extract(serviceTimeAhead(), DatePart.EPOCH, NUMERIC), CLOCK_MARK.AT)
                .from(CLOCK_MARK);
        // What is got ready takes a time of its own, as does the wait for a connection: both are over when the clock is
        // asked.
        look.getSQL();
        sql.connection(connection -> {});
        long sent = System.nanoTime();
        var found = look.fetchSingle();
        long received = System.nanoTime();
        // In production one that comes later is no shift of ours but a jump.
        Duration ahead = mayBeAhead || course == null ? seconds(found.value2()) : Duration.ZERO;
        refuseAhead(ahead);
        return new Reading(found.value1().minus(ahead), found.value3(), ahead, sent + (received - sent) / 2);
    }

    private void mark(Reading look) {
        if (Duration.between(look.mark(), look.time()).compareTo(MARK_EVERY) >= 0) {
            sql.update(CLOCK_MARK)
                    .set(CLOCK_MARK.AT, look.time())
                    .where(CLOCK_MARK.AT.lt(look.time()))
                    .execute();
        }
    }

    private Course course() {
        Course known = course;
        Course now = known == null ? measure() : known;
        if (!isFresh(now)) {
            throw ServiceClock.inDoubt();
        }
        return now;
    }

    private boolean isFresh(Course now) {
        return System.nanoTime() - now.last().nanos() <= settings.countOn().toNanos();
    }

    private double doubt() {
        Course now = course;
        long nanos = System.nanoTime();
        return now == null
                ? 0
                : now.tellOther(nanos)
                        .map(other ->
                                Duration.between(now.tell(nanos), other).abs().toSeconds())
                        .orElse(0L);
    }

    /** As exactly as a row keeps it. */
    private static Instant exact(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration seconds(BigDecimal value) {
        return Duration.ofNanos(value.movePointRight(9).longValue());
    }
}

package io.consentry.testing;

import io.consentry.database.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Moves the service's clock in tests, in the one way there is: the owner of the schema puts {@code service_time()} ahead of
 * the database's clock, for every node and every statement; {@link ScenarioCheck} puts it right after each test. The clocks
 * of clients, {@link #now}, move with it.
 */
@ApplicationScoped
@Typed(TestClock.class)
public class TestClock implements InstantSource {

    private static volatile Duration ahead = Duration.ZERO;
    private static volatile boolean jumped;

    private final DatabaseClock clock;

    TestClock(DatabaseClock clock) {
        this.clock = clock;
    }

    /** What the clocks of clients say, in tests of a running program too. */
    public static Instant now() {
        return Instant.now().plus(ahead);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    /** Lets time pass for everybody. */
    public void advance(Duration by) {
        set(by);
    }

    /** Back to the true time. */
    public void reset() {
        if (!ahead.isZero()) {
            set(ahead.negated());
            letAKeySign();
        }
        if (jumped) {
            jump(Duration.ZERO);
            jumped = false;
        }
    }

    /** Keys that were retired ahead of time stay so; the one that took over has signed since then, in truth too. */
    private static void letAKeySign() {
        execute("""
                update signing_key set active_from = clock_timestamp() - interval '1 day' where retired_at is null
                    and not exists (select from signing_key where retired_at is null and active_from <= clock_timestamp())""");
    }

    /** The database's clock jumps, which nobody has said, so that nobody should believe it. */
    public void jump(Duration by) {
        jumped = true;
        execute("""
                create or replace function service_time() returns timestamptz language sql volatile parallel safe
                    return clock_timestamp() + service_time_ahead() + make_interval(secs => %s)""", by);
    }

    private void set(Duration by) {
        synchronized (TestClock.class) {
            Duration next = ahead.plus(by);
            execute("""
                    create or replace function service_time_ahead() returns interval language sql stable parallel safe
                        return make_interval(secs => %s)""", next);
            ahead = next;
        }
    }

    private void execute(String definition, Duration by) {
        execute(definition.formatted(by.toMillis() / 1000.0));
        clock.look();
    }

    private static void execute(String sql) {
        try (Connection owner = TestDatabase.asOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

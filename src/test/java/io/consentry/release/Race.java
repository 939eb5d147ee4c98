package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.Consent;
import io.consentry.testing.Effort;
import io.consentry.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Two acts on one grant, begun at once, thousands of times over in several lanes. Now and then one of them gets a little
 * ahead, so that both orders are met. What happened is judged by PostgreSQL's commit timestamps.
 */
final class Race {

    /** In every run; what is rarer than one in a thousand is looked for with {@code --soak}. */
    static final int PAIRS = Integer.getInteger("consentry.pairs", Effort.of(200, 2_000, 100_000));

    /**
     * The last entry before the first race: what other tests left may hold an acknowledgement of a client's, which takes no lock of
     * the grant and so may stand before a release that committed first.
     */
    private static final AtomicLong BEFORE = new AtomicLong(-1);

    private static final int LANES = 8;
    private static final int HEAT = 50;
    private static final long LITTLE = 40_000;

    private final int pairs;
    private final AtomicInteger firstMade = new AtomicInteger();
    private final AtomicInteger secondMade = new AtomicInteger();
    private final AtomicInteger bothMade = new AtomicInteger();

    Race(int pairs) {
        this.pairs = pairs;
    }

    /** One side: whether it was made. */
    interface Act {
        boolean on(Consent.Active grant) throws Exception;
    }

    /** Runs all pairs; {@code grants} makes many at once. */
    Race run(Function<Integer, List<Consent.Active>> grants, Act first, Act second) throws Exception {
        BEFORE.compareAndSet(-1, count("select coalesce(max(commitment_id), 0) from ledger_event"));
        var heats = new LinkedBlockingQueue<Integer>();
        for (int left = pairs; left > 0; left -= HEAT) {
            heats.add(Math.min(HEAT, left));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(LANES)) {
            var lanes = new ArrayList<Callable<Void>>();
            for (int i = 0; i < LANES; i++) {
                lanes.add(() -> lane(heats, grants, first, second));
            }
            for (Future<Void> lane : pool.invokeAll(lanes)) {
                lane.get();
            }
        }
        return this;
    }

    private Void lane(
            LinkedBlockingQueue<Integer> heats, Function<Integer, List<Consent.Active>> grants, Act first, Act second)
            throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            var start = new CyclicBarrier(2);
            int round = 0;
            for (Integer heat = heats.poll(); heat != null; heat = heats.poll()) {
                for (Consent.Active grant : grants.apply(heat)) {
                    long stagger = (round++ % 7 - 3) * LITTLE;
                    Future<Boolean> one = two.submit(() -> begin(start, Math.max(0, -stagger), first, grant));
                    Future<Boolean> other = two.submit(() -> begin(start, Math.max(0, stagger), second, grant));
                    count(one.get(), other.get());
                }
            }
        }
        return null;
    }

    private static boolean begin(CyclicBarrier start, long later, Act act, Consent.Active grant) throws Exception {
        start.await();
        if (later > 0) {
            LockSupport.parkNanos(later);
        }
        return act.on(grant);
    }

    private void count(boolean one, boolean other) {
        (one && other ? bothMade : one ? firstMade : secondMade).incrementAndGet();
        assertThat(one || other).as("one of the two is always possible").isTrue();
    }

    int onlyFirst() {
        return firstMade.get();
    }

    int onlySecond() {
        return secondMade.get();
    }

    int both() {
        return bothMade.get();
    }

    /** Judged by PostgreSQL's own commit timestamps, not by what the code under test says of itself. */
    static long grantsWhoseEntriesStandInAnotherOrderThanTheirCommits() throws SQLException {
        return count("""
                select count(*) from (
                    select pg_xact_commit_timestamp(xmin) as at,
                           lag(pg_xact_commit_timestamp(xmin))
                               over (partition by grant_id order by commitment_id) as before
                    from ledger_event where commitment_id > %d) as entries
                where at < before""".formatted(BEFORE.get()));
    }

    /** Releases that stand in the ledger after an edge of their grant, and were made for what was granted before it. */
    static long releasesOfWhatWasGrantedBefore() throws SQLException {
        return count("""
                select count(*) from (
                    select row_id, grant_id, grant_version,
                           max(grant_version) over (partition by grant_id order by commitment_id) as latest
                    from ledger_event) as entries
                where row_id = grant_id and grant_version < latest""");
    }

    static long count(String query) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}

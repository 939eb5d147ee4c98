package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.Uses;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.Draft;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerCheck;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promise 2, tested as a race: of a release and a withdrawal, no release commits after the withdrawal has committed. */
@QuarkusTest
class ReleaseRaceTest {

    private static final int PAIRS = Boolean.getBoolean("consentry.soak") ? 100_000 : 10_000;
    private static final int LANES = 8;
    private static final int HAMMERING_CLIENTS = 64;

    @Inject
    ConsentFixture fixture;

    @Inject
    Consents consents;

    @Inject
    ReleaseCommit commit;

    @Inject
    Ledger ledger;

    @Inject
    LedgerCheck check;

    @AfterEach
    void theLedgerIsSound() {
        assertThat(check.check().problems()).isEmpty();
    }

    /** How often each of the two came first. */
    private record Tally(AtomicInteger releasedFirst, AtomicInteger withdrawnFirst) {}

    @Test
    @Requirement("CX-2")
    void noReleaseCommitsAfterTheWithdrawalHasCommitted() throws Exception {
        PersonId person = fixture.person();
        var tally = new Tally(new AtomicInteger(), new AtomicInteger());

        inParallel(LANES, () -> {
            race(person, PAIRS / LANES, tally);
            return null;
        });

        assertThat(tally.releasedFirst().get() + tally.withdrawnFirst().get()).isEqualTo(PAIRS);
        assertThat(tally.releasedFirst().get()).as("both orders were met").isGreaterThan(PAIRS / 100);
        assertThat(tally.withdrawnFirst().get()).as("both orders were met").isGreaterThan(PAIRS / 100);
        assertThat(grantsWhoseEntriesStandInAnotherOrderThanTheirCommits()).isZero();
    }

    @Test
    @Requirement("CX-2")
    void aSteadyStreamOfReleasesDoesNotHoldUpAWithdrawal() throws Exception {
        PersonId person = fixture.person();
        for (int round = 0; round < 5; round++) {
            Consent.Active granted = fixture.active(person);
            var ended = new AtomicBoolean();
            var released = new AtomicInteger();
            try (ExecutorService clients = Executors.newFixedThreadPool(HAMMERING_CLIENTS)) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < HAMMERING_CLIENTS; i++) {
                    running.add(clients.submit(() -> hammer(granted, ended, released)));
                }
                while (released.get() < 2 * HAMMERING_CLIENTS) {
                    Thread.sleep(5);
                }

                Instant asked = Instant.now();
                ConsentFixture.made(consents.withdraw(granted.terms().grantId(), person));
                Duration waited = Duration.between(asked, Instant.now());

                for (Future<?> client : running) {
                    client.get();
                }
                // The promise itself is one second; measured maxima are a tenth of it.
                assertThat(waited).isLessThan(Duration.ofSeconds(1));
            }
        }
    }

    private void race(PersonId person, int pairs, Tally tally) throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            var start = new CyclicBarrier(2);
            for (int i = 0; i < pairs; i++) {
                Consent.Active granted = fixture.active(person);
                Draft entry = entry(granted);
                long stagger = (i % 7) * 40_000L;
                Future<Boolean> release = two.submit(() -> {
                    start.await();
                    return commit.commit(granted, entry) instanceof Uses.Use.Permitted;
                });
                Future<?> withdrawal = two.submit(() -> {
                    start.await();
                    // Now and then the release gets a little ahead, so that both orders are met.
                    java.util.concurrent.locks.LockSupport.parkNanos(stagger);
                    return ConsentFixture.made(consents.withdraw(grant(granted), person));
                });
                (release.get() ? tally.releasedFirst() : tally.withdrawnFirst()).incrementAndGet();
                withdrawal.get();
                assertThat(commit.commit(granted, entry(granted))).isInstanceOf(Uses.Use.NotInForce.class);
            }
        }
    }

    private void hammer(Consent.Active granted, AtomicBoolean ended, AtomicInteger released) {
        while (!ended.get()) {
            if (commit.commit(granted, entry(granted)) instanceof Uses.Use.Permitted) {
                released.incrementAndGet();
            } else {
                ended.set(true);
            }
        }
    }

    private Draft entry(Consent.Active granted) {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                Instant.now(),
                grant(granted),
                granted.version(),
                granted.terms().clientId(),
                Actor.CLIENT);
        return ledger.draft(event, granted.person());
    }

    private static GrantId grant(Consent.Active granted) {
        return granted.terms().grantId();
    }

    private static void inParallel(int lanes, Callable<Void> work) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(lanes)) {
            for (Future<Void> lane : pool.invokeAll(java.util.Collections.nCopies(lanes, work))) {
                lane.get();
            }
        }
    }

    /** Judged by PostgreSQL's own commit timestamps, not by what the code under test says of itself. */
    private static long grantsWhoseEntriesStandInAnotherOrderThanTheirCommits() throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("""
                        select count(*) from (
                            select pg_xact_commit_timestamp(xmin) as at,
                                   lag(pg_xact_commit_timestamp(xmin))
                                       over (partition by grant_id order by commitment_id) as before
                            from ledger_event) as entries
                        where at < before""")) {
            row.next();
            return row.getLong(1);
        }
    }
}

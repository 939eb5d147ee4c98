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
import io.consentry.ledger.GrowingLedgerCheck;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 2, tested as a race: of a release and a withdrawal, no release commits after the withdrawal has committed. */
@QuarkusTest
class ReleaseRaceTest {

    private static final int PAIRS = Race.PAIRS;
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
    GrowingLedgerCheck check;

    @AfterEach
    void theLedgerIsSound() {
        assertThat(check.problems()).isEmpty();
    }

    @Test
    @Requirement("CX-2")
    void noReleaseCommitsAfterTheWithdrawalHasCommitted() throws Exception {
        PersonId person = fixture.person();

        Race race = new Race(PAIRS).run(many -> fixture.active(person, many), this::release, grant -> {
            ConsentFixture.made(consents.withdraw(grant(grant), person));
            assertThat(release(grant)).as("a release after the withdrawal").isFalse();
            return true;
        });

        assertThat(race.both() + race.onlySecond()).isEqualTo(PAIRS);
        assertThat(race.both()).as("both orders were met").isGreaterThan(PAIRS / 100);
        assertThat(race.onlySecond()).as("both orders were met").isGreaterThan(PAIRS / 100);
        assertThat(Race.grantsWhoseEntriesStandInAnotherOrderThanTheirCommits()).isZero();
    }

    @Test
    @Requirement("CX-2")
    @Timeout(120)
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

                int before = released.get();
                ConsentFixture.made(consents.withdraw(granted.terms().grantId(), person));
                int meanwhile = released.get() - before;

                for (Future<?> client : running) {
                    client.get();
                }
                // Of each client what was under way, and what began before the withdrawal had come to the lock.
                assertThat(meanwhile).isLessThan(10 * HAMMERING_CLIENTS);
            }
        }
    }

    private boolean release(Consent.Active granted) {
        return commit.commit(granted, entry(granted)) instanceof Uses.Use.Permitted;
    }

    private void hammer(Consent.Active granted, AtomicBoolean ended, AtomicInteger released) {
        while (!ended.get()) {
            if (release(granted)) {
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
}

package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Reason;
import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.consent.RevocationOrders;
import io.consentry.consent.Uses;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promise 2 for many grants at once: of a release and an order that covers its grant, no release commits after the order has
 * committed. Each pair has an order of its own.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RevocationRaceTest {

    private static final int PAIRS = Race.PAIRS;
    private static final int HAMMERING_CLIENTS = 64;

    @Inject
    ConsentFixture fixture;

    @Inject
    RevocationOrders orders;

    @Inject
    ReleaseCommit commit;

    @Inject
    Ledger ledger;

    private final String prefix = "race-" + UUID.randomUUID() + "-";

    @Test
    @Requirement("CX-REVOKE-1")
    void noReleaseCommitsAfterTheOrderHasCommitted() throws Exception {
        PersonId person = fixture.person();

        Race race =
                new Race(PAIRS).run(number -> fixture.active(person, number, this::client), this::release, this::order);

        assertThat(race.onlyFirst()).as("an order is always placed").isZero();
        assertThat(race.both() + race.onlySecond()).isEqualTo(PAIRS);
        assertThat(race.both()).as("releases that came first").isGreaterThan(PAIRS / 100);
        assertThat(race.onlySecond()).as("orders that came first").isGreaterThan(PAIRS / 100);
        assertThat(Race.count("select count(*) from revocation_order where client_id like '" + prefix + "%'"))
                .isEqualTo(PAIRS);
        assertThat(releasesThatCommittedAfterTheirOrder()).isZero();
    }

    @Test
    @Requirement("CX-REVOKE-1")
    void aSteadyStreamOfReleasesDoesNotHoldUpAnOrder() throws Exception {
        Consent.Active granted = fixture.active(fixture.person(), client(), "account_opening");
        var released = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(HAMMERING_CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < HAMMERING_CLIENTS; i++) {
                running.add(clients.submit(() -> hammer(granted, released)));
            }
            while (released.get() < 2 * HAMMERING_CLIENTS) {
                Thread.sleep(5);
            }

            int before = released.get();
            order(granted);
            int meanwhile = released.get() - before;

            for (Future<?> client : running) {
                client.get();
            }
            // Those that stand before it in the queue are let through, and some until it has a connection; a starved
            // order
            // would let through as many as there are.
            assertThat(meanwhile).isLessThan(20 * HAMMERING_CLIENTS);
        }
    }

    private boolean release(Consent.Active granted) {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                Instant.now(),
                granted.terms().grantId(),
                granted.version(),
                granted.terms().clientId(),
                Actor.CLIENT);
        return commit.commit(granted, ledger.draft(event, granted.person())) instanceof Uses.Use.Permitted;
    }

    private boolean order(Consent.Active granted) {
        orders.place(new Covers.OfClient(granted.terms().clientId()), Reason.COURT_ORDER, "test", Long.MAX_VALUE);
        assertThat(release(granted)).as("a release after the order").isFalse();
        return true;
    }

    private void hammer(Consent.Active granted, AtomicInteger released) {
        while (release(granted)) {
            released.incrementAndGet();
        }
    }

    private ClientId client() {
        // 64 characters at most
        return new ClientId(prefix + Long.toHexString(UUID.randomUUID().getMostSignificantBits()));
    }

    /**
     * Judged by PostgreSQL's own commit timestamps. An order is never updated, so its row says when it committed; and of a
     * grant that it ended only the end itself has a version of its own.
     */
    private long releasesThatCommittedAfterTheirOrder() throws Exception {
        return Race.count("""
                select count(*)
                from revocation_order o join consent c using (client_id) join ledger_event e using (grant_id)
                where o.client_id like '%s%%' and e.grant_version < c.version
                  and pg_xact_commit_timestamp(e.xmin) > pg_xact_commit_timestamp(o.xmin)""".formatted(prefix));
    }
}

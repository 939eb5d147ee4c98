package io.consentry.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.ConsentFixture;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Probes and metrics, asked at the management port, over work that stands still. */
@QuarkusTest
class HealthTest {

    @Inject
    ConsentFixture fixture;

    @Inject
    Lookout lookout;

    @Test
    @Requirement("CX-OP-5")
    void anEntryThatGetsNoPlaceDegradesTheServiceAndTakesNoNodeOut() throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                Statement sequencerElsewhere = owner.createStatement()) {
            sequencerElsewhere.execute("select pg_advisory_lock(hashtext('consentry/sequencer'), 0)");
            fixture.active(fixture.person());
            sequencerElsewhere.execute("update ledger_staged set staged_at = staged_at - interval '13 minutes'");

            lookout.look();

            assertThat(shared()).containsEntry("state", "degraded").containsKey("ledger entries");
            assertThat(age("ledger entries")).isBetween(780.0, 900.0);
            assertThat(degraded()).isGreaterThanOrEqualTo(1);
        }

        awaitWell("ledger entries");
    }

    @Test
    @Requirement("CX-OP-5")
    void anEventThatIsDueAndNotPushedDegradesTheService() throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                Statement table = owner.createStatement()) {
            fixture.active(fixture.person());
            // Of a receiver that every node leaves alone: as if no dispatcher ran.
            table.execute("""
                    insert into event_receiver (client_id, method, endpoint, rests_until, version, seal)
                    select client_id, 'push', 'https://bank.example/events', clock_timestamp() + interval '1 hour', 1, ''
                    from client where client_id not in (select client_id from event_receiver) limit 1""");
            table.execute("""
                    insert into notice (commitment_id, log, jti, client_id, grant_id, person_id, grant_version, kind, occurred_at,
                        due_at)
                    select c.id, c.log, gen_random_uuid(), r.client_id, gen_random_uuid(), gen_random_uuid(), 1, 'withdrawn',
                        clock_timestamp(), clock_timestamp() - interval '5 minutes'
                    from event_receiver r, ledger_commitment c
                    where r.endpoint = 'https://bank.example/events' and c.id not in (select commitment_id from notice)
                    limit 1""");
            try {
                lookout.look();

                assertThat(shared()).containsEntry("state", "degraded").containsKey("events");
                assertThat(age("events")).isBetween(300.0, 400.0);
            } finally {
                table.execute("delete from notice where client_id in (select client_id from event_receiver"
                        + " where endpoint = 'https://bank.example/events')");
                table.execute("delete from event_receiver where endpoint = 'https://bank.example/events'");
            }
        }
    }

    @Test
    @Requirement("CX-OP-5")
    void anOrderThatIsNotFinishedDegradesTheService() throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                Statement table = owner.createStatement()) {
            // No node finishes it: it was not written by the service.
            table.execute("""
                    insert into revocation_order (id, purpose, reason, placed_by, placed_at, seal)
                    values (-1, 'nobody_asks_for_this', 'test', 'test', clock_timestamp() - interval '1 hour', '')""");
            table.execute("insert into revocation_progress (order_id, expected) values (-1, 0)");
            try {
                lookout.look();

                assertThat(shared()).containsEntry("state", "degraded").containsKey("revocation orders");
                assertThat(age("revocation orders")).isBetween(3600.0, 3700.0);
            } finally {
                table.execute("delete from revocation_progress where order_id = -1");
                table.execute("delete from revocation_order where id = -1");
            }
        }
    }

    private void awaitWell(String backlog) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (lookout.look().degraded().containsKey(backlog)) {
            assertThat(System.nanoTime()).as(backlog + " goes on").isLessThan(deadline);
        }
    }

    /** What the entry for what all nodes share holds; the node itself is ready all the while. */
    private static Map<String, String> shared() {
        JsonPath health = given().get(management("/q/health/ready"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(health.getString("status")).isEqualTo("UP");
        assertThat(health.<List<String>>get("checks.name")).contains("node", "shared");
        return health.getMap("checks.find { it.name == 'shared' }.data");
    }

    private static double age(String backlog) {
        return metric("consentry_backlog_age_seconds{backlog=\"" + backlog + "\"}");
    }

    private static double degraded() {
        return metric("consentry_degraded");
    }

    private static double metric(String name) {
        return given().get(management("/q/metrics"))
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not measured"));
    }

    private static String management(String path) {
        return "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.management.port", String.class)
                + path;
    }
}

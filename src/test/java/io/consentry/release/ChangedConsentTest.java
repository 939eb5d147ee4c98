package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody who can write to the database changes the row of a grant for which live tokens are about. Whatever they change,
 * nothing is released, at any address; and once the row is as it was, everything works again, so it was their change that
 * stopped it.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-SEAL-1")
@Tag(Effort.SLOW)
class ChangedConsentTest {

    private static final String PERSON = "S6133472F";
    private static final String ANOTHER = "S0417725H";

    /** Every column of the table: none of them may be changed unnoticed, so none is left out. */
    private static final Map<String, List<String>> CHANGES = changes();

    private static TestResident resident;
    private static TestResident another;
    private static TestClient wealth;
    private static ClientAccess access;

    private ClientFlow flow;
    private String refreshToken;
    private String grant;
    private Connection superuser;
    private Statement hand;

    @BeforeAll
    static void everybodyIsThere() {
        resident = TestResident.signIn(PERSON);
        another = TestResident.signIn(ANOTHER);
        wealth = TestClient.ready("merlion-wealth");
        access = ClientAccess.of(wealth, "grant_management_query grant_management_revoke");
    }

    @BeforeEach
    void aGrantInUse() throws SQLException {
        flow = wealth.flow().asking("openid name email").push();
        flow.approve(PERSON);
        Answer tokens = flow.redeem();
        refreshToken = tokens.text("refresh_token");
        grant = tokens.text("grant_id");
        flow.fetch();
        superuser = TestDatabase.asSuperuser();
        hand = superuser.createStatement();
        hand.execute("set session_replication_role = replica");
        remember();
    }

    @AfterEach
    void close() throws SQLException {
        hand.execute("delete from consent where grant_id = '" + grant + "'"); // lists stay short
        superuser.close();
    }

    static Stream<String> changesOfEveryColumn() {
        return CHANGES.entrySet().stream()
                .flatMap(column -> column.getValue().stream().map(value -> column.getKey() + " = " + value));
    }

    @ParameterizedTest
    @MethodSource("changesOfEveryColumn")
    void whateverIsChangedInItsRowAGrantReleasesNothing(String change) throws SQLException {
        hand.execute("update consent set " + change + " where grant_id = '" + grant + "'");
        long entries = entriesOfUses();

        nothingIsReleased();

        assertThat(entriesOfUses()).as("entries of releases").isEqualTo(entries);
        restore();
        flow.fetch();
        assertThat(refresh().status()).isEqualTo(200);
    }

    @Test
    @Requirement("CX-SEAL-2")
    void aUseThatIsUndoneByHandIsNoticed() throws SQLException {
        flow.fetch();

        restore();

        assertThat(status()).isEqualTo("damaged");
        nothingIsReleased();
        assertThat(entriesOfUses()).isEqualTo(2);
    }

    @Test
    @Requirement("CX-SEAL-2")
    void theFirstUseThatIsUndoneByHandIsNoticedToo() throws SQLException {
        flow = wealth.flow().asking("openid name").push();
        flow.approve(PERSON);
        Answer tokens = flow.redeem();
        refreshToken = tokens.text("refresh_token");
        grant = tokens.text("grant_id");
        remember();
        flow.fetch();

        restore();

        nothingIsReleased();
        assertThat(entriesOfUses()).isEqualTo(1);
    }

    @Test
    void noColumnOfTheTableIsForgotten() throws SQLException {
        Set<String> columns = new LinkedHashSet<>();
        try (ResultSet rows = hand.executeQuery("select column_name from information_schema.columns"
                + " where table_schema = 'public' and table_name = 'consent'")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }

        assertThat(CHANGES.keySet()).isEqualTo(columns);
    }

    private void nothingIsReleased() {
        Answer userinfo = flow.userinfo().send().is(401).saysNothingOfTheInside();
        assertThat(userinfo.code()).isIn("consent_damaged", "consent_not_in_force", "invalid_access_token");
        refresh().isRefused(400, "invalid_grant", "grant_ended");
        Answer query = access.call("GET", "/grants/" + grant).send().saysNothingOfTheInside();
        assertThat(query.status() == 404 || query.text("status").equals("damaged"))
                .as(query.body())
                .isTrue();
        access.call("DELETE", "/grants/" + grant).send().isRefused(404, "invalid_request", "grant_not_found");
        for (String part : List.of("", "/versions", "/releases", "/events", "/obligations", "/record")) {
            Answer told =
                    resident.call("GET", "/consents/" + grant + part).send().saysNothingOfTheInside();
            assertThat(told.status()).as(part + told.body()).isIn(200, 404);
        }
        for (String act : List.of("withdraw", "pause", "resume")) {
            Answer done = resident.act(grant, act).saysNothingOfTheInside();
            assertThat(done.status()).as(act + done.body()).isIn(404, 409);
        }
        for (String list : List.of("/consents", "/activity", "/consents/export")) {
            resident.call("GET", list).send().is(200);
            another.call("GET", list).send().is(200);
        }
    }

    private Answer refresh() {
        return wealth.flow().refresh(refreshToken).send();
    }

    private String status() {
        return access.call("GET", "/grants/" + grant).send().is(200).text("status");
    }

    private long entriesOfUses() throws SQLException {
        try (ResultSet row = hand.executeQuery("select count(*) from ledger_event where row_id = '" + grant + "'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void remember() throws SQLException {
        hand.execute("drop table if exists kept");
        hand.execute("create temporary table kept as select * from consent where grant_id = '" + grant + "'");
    }

    private void restore() throws SQLException {
        hand.execute("delete from consent where grant_id = '" + grant + "'");
        hand.execute("delete from consent where record_id = (select record_id from kept)");
        hand.execute("insert into consent select * from kept");
    }

    private static Map<String, List<String>> changes() {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("grant_id", List.of("gen_random_uuid()"));
        all.put("log", List.of("1", "-1"));
        all.put("client_id", List.of("'harbour-bank'", "''", "'no client'"));
        all.put("purpose", List.of("'account_opening'", "''"));
        all.put("template_version", List.of("2", "-1"));
        all.put(
                "requested",
                List.of("requested || '{race}'", "array_remove(requested, 'name')", "'{email name}'", "'{}'"));
        all.put("optional", List.of("requested", "'{race}'", "array['']"));
        all.put(
                "granted",
                List.of("granted || '{race}'", "array_remove(granted, 'name')", "array['email name']", "'{}'"));
        all.put(
                "person_id",
                List.of("(select id from person where id <> person_id order by id limit 1)", "null, state = 'lapsed'"));
        List<String> states = new ArrayList<>(List.of("'requested'", "'presented'", "'refused'", "'lapsed'"));
        states.add("'paused', paused_at = now()");
        for (String end : List.of("withdrawn", "revoked", "relinquished", "invalidated", "expired", "exhausted")) {
            states.add("'" + end + "', ended_at = now()");
        }
        all.put("state", states);
        all.put("version", List.of("version + 1", "version - 1", "0"));
        all.put("record_id", List.of("gen_random_uuid()"));
        all.put("previous_record_id", List.of("record_id"));
        all.put("generation", List.of("generation + 1", "0"));
        for (String at : List.of("requested_at", "lapses_at", "presented_at", "first_decided_at", "decided_at")) {
            all.put(at, List.of(at + " - interval '1 day'", at + " + interval '1 day'"));
        }
        all.put("expires_at", List.of("expires_at + interval '1 year'", "expires_at - interval '2 years'"));
        all.put("paused_at", List.of("now()"));
        all.put("ended_at", List.of("now()"));
        all.put("language", List.of("'ta'", "null"));
        all.put("shown_digest", List.of("repeat('a', 64)", "null"));
        all.put("last_release_at", List.of("null", "last_release_at - interval '1 day'"));
        all.put("release_count", List.of("0", "release_count + 1"));
        all.put("usage_window", List.of("usage_window + 1"));
        all.put("used_in_window", List.of("0", "-100"));
        all.put("orders_seen", List.of("orders_seen + 1000000"));
        all.put("seal", List.of("''", "set_byte(seal, 0, get_byte(seal, 0) # 1)"));
        return all;
    }
}

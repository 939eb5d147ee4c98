package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.CapturedLog;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.DatabaseProxy;
import io.consentry.testing.DatabaseProxy.Cut;
import io.consentry.testing.Effort;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of an act whose COMMIT was cut off, nobody is told that it happened or that it did not; of one that was cut off before, they are. */
@QuarkusTest
@TestProfile(DatabaseProxy.Between.class)
@Tag(Effort.SLOW)
class LostAnswerTest {

    private final TestClient bank = TestClient.ready("harbour-bank");

    @AfterEach
    void heal() {
        DatabaseProxy.heal();
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("CX-TRUTH-1")
    void anApproval(Cut cut) throws SQLException {
        ClientFlow flow = flow().push();

        judgeTwice(
                cut,
                statement("insert into authorization_code"),
                "authorization_code",
                () -> flow.decision(ClientFlow.COMPLETE, "approve").send());
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("CX-TRUTH-1")
    void aRelease(Cut cut) throws SQLException {
        ClientFlow flow = granted();
        String grant = flow.redeem().text("grant_id");

        judge(
                cut,
                recorded(grant),
                "ledger_event where grant_id = '" + grant + "'",
                () -> flow.userinfo().send());
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("CX-TRUTH-1")
    void aWithdrawal(Cut cut) throws SQLException {
        String grant = granted().redeem().text("grant_id");
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);

        judgeTwice(cut, recorded(grant), "consent where state = 'withdrawn'", () -> person.withdraw(grant));
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("CX-TRUTH-1")
    void aPause(Cut cut) throws SQLException {
        String grant = granted().redeem().text("grant_id");
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);

        judgeTwice(cut, recorded(grant), "consent where state = 'paused'", () -> person.act(grant, "pause"));
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("CX-TRUTH-1")
    void aTokenForACode(Cut cut) throws SQLException {
        ClientFlow flow = granted();

        judgeTwice(
                cut,
                statement("insert into access_token"),
                "access_token t where not exists (select 1 from revoked_token r where r.hash = t.token_hash)",
                () -> flow.token().send());
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("CX-TRUTH-1")
    void aGrantGivenBack(Cut cut) throws SQLException {
        String grant = granted().redeem().text("grant_id");
        ClientAccess access = ClientAccess.of(bank, "grant_management_revoke");

        judgeTwice(
                cut,
                recorded(grant),
                "consent where state = 'relinquished'",
                () -> access.call("DELETE", "/grants/" + grant).send());
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("CX-TRUTH-1")
    void aPushedRequest(Cut cut) throws SQLException {
        ClientFlow flow = flow();

        judge(
                cut,
                statement("insert into authorization_request"),
                "authorization_request",
                () -> flow.par().send());
    }

    /** Which transaction is cut. */
    private interface Cutting {

        void by(Cut cut);
    }

    private static Cutting statement(String sql) {
        return cut -> DatabaseProxy.cut(cut, sql);
    }

    /** The one that records something of a grant: others are recorded beside the test, such as what lapses meanwhile. */
    private static Cutting recorded(String grant) {
        return cut -> DatabaseProxy.cut(cut, "insert into ledger_commitment", UUID.fromString(grant));
    }

    private ClientFlow flow() {
        return bank.flow().asking("openid name email");
    }

    private ClientFlow granted() {
        ClientFlow flow = flow().push();
        flow.approve(ClientFlow.COMPLETE);
        return flow;
    }

    /** The same; and who does not know what happened does it again, and it has happened once. */
    private static void judgeTwice(Cut cut, Cutting statement, String table, Supplier<Answer> act) throws SQLException {
        long before = count(table);
        judge(cut, statement, table, act);
        DatabaseProxy.heal();

        Answer again = act.get();

        assertThat(again.status()).as(again.body()).isIn(200, 204);
        assertThat(count(table) - before).as("once").isOne();
    }

    /** Cuts the transaction of an act that runs this statement, and compares what is told with what the table then holds. */
    private static void judge(Cut cut, Cutting statement, String table, Supplier<Answer> act) throws SQLException {
        long before = count(table);
        statement.by(cut);

        Answer answer;
        String log;
        try (var captured = new CapturedLog()) {
            answer = act.get();
            log = String.join("\n", captured.lines());
        }

        assertThat(DatabaseProxy.hasCut()).isTrue();
        answer.is(503).saysNothingOfTheInside();
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.body().toLowerCase(java.util.Locale.ROOT)).doesNotContain("nothing was");
        assertThat(answer.code()).isEqualTo(cut == Cut.BEFORE_COMMIT ? "database_unavailable" : "outcome_in_doubt");
        assertThat(log.contains("In doubt [" + answer.text("trace_id"))).isEqualTo(cut != Cut.BEFORE_COMMIT);
        if (cut != Cut.BEFORE_COMMIT) {
            assertThat(answer.body()).as("where to look").containsAnyOf("/fapi/grants/{grant_id}", "/me");
        }
        long done = cut == Cut.ANSWER_LOST || cut == Cut.ANSWER_SWALLOWED ? 1 : 0;
        assertThat(count(table) - before).as("done, in truth").isEqualTo(done);
    }

    private static long count(String table) throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}

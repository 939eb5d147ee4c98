package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.GrantId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestReceiver;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events fetched by clients (RFC 8936). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class PollTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AT_ONCE = "{\"returnImmediately\": true}";

    @Inject
    ToldClient told;

    @Inject
    TestClock clock;

    private TestClient client;
    private ClientAccess access;

    @BeforeEach
    void somebodyWhoFetches() {
        client = told.polling();
        access = ClientAccess.of(client, "events");
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void anEventThatCannotBeOpenedHoldsUpNoOtherGrants() throws SQLException {
        GrantId spoilt = ToldClient.granted(client);
        ToldClient.granted(client);

        try (Spoilt event = new Spoilt(spoilt)) {
            assertThat(kinds(poll(AT_ONCE))).containsExactly("granted");
        }
        assertThat(kinds(poll(AT_ONCE))).containsExactly("granted", "granted");
    }

    @Test
    @Requirement("RFC8936-2.3")
    @Requirement("RFC8936-2.4")
    void whatIsNotAcknowledgedComesAgainAndOnlyThenTheNext() {
        GrantId grant = ToldClient.granted(client);
        told.withdraw(grant);

        JsonNode first = poll(AT_ONCE);
        JsonNode again = poll(AT_ONCE);

        assertThat(kinds(first)).containsExactly("granted");
        assertThat(first.path("moreAvailable").asBoolean()).isTrue();
        assertThat(again.path("sets").fieldNames().next()).isEqualTo(id(first));
        assertThat(ToldClient.states(grant)).containsExactly("sent", "queued");

        JsonNode next = poll(acknowledging(id(first)));
        JsonNode last = poll(acknowledging(id(next)));

        assertThat(kinds(next)).containsExactly("withdrawn");
        assertThat(next.path("moreAvailable").asBoolean()).isFalse();
        assertThat(last.path("sets")).isEmpty();
        assertThat(ToldClient.states(grant)).containsExactly("acknowledged", "acknowledged");
        assertThat(told.history(grant))
                .containsSubsequence(
                        "granted",
                        "withdrawn",
                        "notice_sent granted",
                        "notice_acknowledged granted",
                        "notice_sent withdrawn",
                        "notice_acknowledged withdrawn");
    }

    @Test
    @Requirement("RFC8936-2.3")
    void theKeyOfATokenIsItsJti() {
        ToldClient.granted(client);

        JsonNode answer = poll(AT_ONCE);

        String token = answer.path("sets").path(id(answer)).asText();
        assertThat(ToldClient.jti(token, client)).isEqualTo(id(answer));
    }

    @Test
    @Requirement("RFC8936-2.4")
    void acknowledgingTwiceChangesNothing() {
        GrantId grant = ToldClient.granted(client);
        String jti = id(poll(AT_ONCE));

        poll(acknowledging(jti));
        poll(acknowledging(jti));
        poll("{\"maxEvents\": 0, \"setErrs\": {\"" + jti + "\": {\"err\": \"invalid_request\"}}}");

        assertThat(ToldClient.states(grant)).containsExactly("acknowledged");
        assertThat(told.history(grant)).doesNotHaveDuplicates();
    }

    @Test
    @Requirement("CX-NOTICE-4")
    void anothersEventIsNeitherSeenNorAcknowledged() {
        GrantId grant = ToldClient.granted(client);
        String jti = id(poll(AT_ONCE));
        TestClient stranger = told.polling();
        ClientAccess theirs = ClientAccess.of(stranger, "events");

        JsonNode seen = poll(theirs, AT_ONCE);
        poll(theirs, acknowledging(jti));
        poll(theirs, "{\"maxEvents\": 0, \"setErrs\": {\"" + jti + "\": {\"err\": \"invalid_request\"}}}");

        assertThat(seen.path("sets")).isEmpty();
        assertThat(ToldClient.states(grant)).containsExactly("sent");
        assertThat(id(poll(AT_ONCE))).isEqualTo(jti);
    }

    @Test
    @Requirement("CX-NOTICE-4")
    void whatWasNeverSentCannotBeAcknowledged() throws SQLException {
        GrantId grant = ToldClient.granted(client);

        poll("{\"maxEvents\": 0, \"ack\": [\"" + jtiOf(grant) + "\"]}");

        assertThat(ToldClient.states(grant)).containsExactly("queued");
        assertThat(Visit.as(ToldClient.PERSON).get("/me/consents/" + grant).asString())
                .contains("We are to tell them that you approved", "They do not know yet");
        assertThat(kinds(poll(AT_ONCE))).containsExactly("granted");
    }

    @Test
    @Requirement("RFC8936-2.2")
    void anEventThatTheClientCanDoNothingWithIsNotSentAgain() {
        GrantId grant = ToldClient.granted(client);
        String jti = id(poll(AT_ONCE));

        JsonNode next = poll("{\"returnImmediately\": true, \"setErrs\": {\"" + jti
                + "\": {\"err\": \"invalid_key\", \"description\": \"x\"}, \"nonsense\": null}}");

        assertThat(next.path("sets")).isEmpty();
        assertThat(ToldClient.states(grant)).containsExactly("refused");
        assertThat(told.history(grant)).endsWith("notice_sent granted", "notice_refused granted");
    }

    @Test
    @Requirement("RFC8936-2.2")
    void aClientGetsAsManyAsItAsksFor() {
        List<GrantId> grants = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            grants.add(ToldClient.granted(client));
        }

        JsonNode none = poll("{\"maxEvents\": 0}");
        JsonNode two = poll("{\"maxEvents\": 2}");
        JsonNode all = poll("{\"maxEvents\": 1000000}");

        assertThat(none.path("sets")).isEmpty();
        assertThat(none.path("moreAvailable").asBoolean()).isTrue();
        assertThat(two.path("sets")).hasSize(2);
        assertThat(two.path("moreAvailable").asBoolean()).isTrue();
        assertThat(all.path("sets")).hasSize(3);
        assertThat(all.path("moreAvailable").asBoolean()).isFalse();
        assertThat(ToldClient.states(grants.getLast())).containsExactly("sent");
    }

    @Test
    @Requirement("RFC8936-2.3")
    void aCallWithoutAnythingNewWaitsForIt() throws Exception {
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> poll("{}"));
        Thread.sleep(700);
        assertThat(waiting).isNotDone();

        ToldClient.granted(client);

        assertThat(kinds(waiting.get())).containsExactly("granted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "nonsense",
                "{\"maxEvents\": -1}",
                "{\"maxEvents\": \"many\"}",
                "{\"maxEvents\": 1e30}",
                "{\"ack\": 7}",
                "{\"ack\": {}}",
                "{\"ack\": [[]]}",
                "{\"setErrs\": []}",
                "{\"setErrs\": {\"x\": 7}}",
                "{\"returnImmediately\": \"maybe\"}"
            })
    @Requirement("RFC8936-2.2")
    void aCallThatCannotBeReadIsRefused(String body) {
        Answer answer = call(access, body).send();

        assertThat(answer.is(400).saysNothingOfTheInside().code()).isIn("malformed_request", "invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "nonsense", "{\"maxEvents\": \"many\"}", "{\"ack\": {}}"})
    @Requirement("CX-NOTICE-4")
    void whoHasNoTokenLearnsNothingOfTheBody(String body) {
        Call.json("POST", "/fapi/events/poll", body).send().isRefused(401, "invalid_token", "missing_access_token");
        Call.json("POST", "/fapi/events/poll", body)
                .header("Authorization", "DPoP nobodys")
                .proofs(client.flow().proof("POST", "/events/poll"))
                .send()
                .isRefused(401, "invalid_token", "invalid_access_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"returnImmediately\": true, \"ack\": []}",
                "{\"returnImmediately\": true, \"ack\": null, \"setErrs\": null, \"maxEvents\": null}",
                "{\"returnImmediately\": true, \"ack\": [\"nonsense\", \"\", null]}",
                "{\"returnImmediately\": true, \"unknown\": 1, \"setErrs\": {\"x\": {}}}"
            })
    @Requirement("RFC8936-2.2")
    void whatMeansNothingIsPassedOver(String body) {
        assertThat(poll(body).path("sets")).isEmpty();
    }

    @Test
    @Requirement("CX-NOTICE-4")
    void onlyATokenOfTheClientsOwnForEventsFetches() {
        ClientFlow flow = client.flow().asking("openid uinfin name");
        flow.untilToken(ToldClient.PERSON);

        Call.json("POST", "/fapi/events/poll", AT_ONCE).send().isRefused(401, "invalid_token", "missing_access_token");
        call(ClientAccess.of(client, "grant_management_query"), AT_ONCE)
                .send()
                .isRefused(403, "insufficient_scope", "insufficient_scope");
        Call.json("POST", "/fapi/events/poll", AT_ONCE)
                .header("Authorization", "DPoP " + flow.accessToken())
                .proofs(flow.proof("POST", "/events/poll"))
                .send()
                .isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("CX-NOTICE-4")
    void aClientThatIsToldOfNothingHasNothingToFetch() {
        ClientAccess other = ClientAccess.of(TestClient.ready("harbour-bank"), "events");

        call(other, AT_ONCE).send().isRefused(403, "access_denied", "events_not_registered");
    }

    @Test
    @Requirement("CX-NOTICE-2")
    @Requirement("CX-NOTICE-4")
    void whatCouldNotBePushedIsFetchedAndThenPushedNoMore() {
        TestReceiver receiver = TestReceiver.start().replying(TestReceiver.Reply.of(500, ""));
        TestClient pushed = told.pushedTo(receiver);
        GrantId grant = ToldClient.granted(pushed);
        receiver.await(1);
        ClientAccess theirs = ClientAccess.of(pushed, "events");

        JsonNode fetched = poll(theirs, AT_ONCE);
        poll(theirs, acknowledging(id(fetched)));
        receiver.replying(TestReceiver.Reply.ACCEPTED);
        told.pause(grant);
        clock.advance(Duration.ofHours(2));

        ToldClient.eventually(() -> ToldClient.states(grant), List.of("acknowledged", "acknowledged"));
        assertThat(ToldClient.kindsOnce(receiver.pushed(), pushed)).containsExactly("granted", "paused");
        assertThat(told.history(grant)).doesNotHaveDuplicates();
        receiver.close();
    }

    private JsonNode poll(String body) {
        return poll(access, body);
    }

    private static JsonNode poll(ClientAccess who, String body) {
        return call(who, body).send().is(200).json();
    }

    private static Call call(ClientAccess who, String body) {
        return who.call("POST", "/events/poll")
                .header("Content-Type", "application/json")
                .body(body);
    }

    private static String acknowledging(String jti) {
        ObjectNode body = JSON.createObjectNode().put("returnImmediately", true);
        body.putArray("ack").add(jti);
        return body.toString();
    }

    private static String id(JsonNode answer) {
        return answer.path("sets").fieldNames().next();
    }

    private List<String> kinds(JsonNode answer) {
        var kinds = new ArrayList<String>();
        answer.path("sets").forEach(token -> kinds.add(ToldClient.kind(token.asText(), client)));
        return kinds;
    }

    private static String jtiOf(GrantId grant) throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                PreparedStatement query = owner.prepareStatement("select jti from notice where grant_id = ?"
                        + " union all select jti from ledger_outbox where grant_id = ?")) {
            query.setObject(1, grant.value());
            query.setObject(2, grant.value());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}

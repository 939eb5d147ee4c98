package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants as their clients manage them (Grant Management for OAuth 2.0 §6 and §7). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class GrantsTest {

    private static final String BOTH = "grant_management_query grant_management_revoke";

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    private TestClient bank;
    private ClientFlow flow;
    private String grant;
    private ClientAccess access;

    @BeforeEach
    void aGrant() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow().asking("openid name email marital");
        flow.push().approve(ClientFlow.COMPLETE, "marital");
        grant = flow.redeem().text("grant_id");
        access = ClientAccess.of(bank, BOTH);
    }

    @Test
    @Requirement("GM-6.3")
    void aClientLearnsHowItsGrantStands() {
        flow.fetch();

        Answer answer = query(grant).is(200);

        JsonNode told = answer.json();
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(told.path("grant_id").asText()).isEqualTo(grant);
        assertThat(told.path("status").asText()).isEqualTo("active");
        assertThat(told.path("scopes")).hasSize(1);
        assertThat(told.path("scopes").path(0).path("scope").asText()).isEqualTo("email name");
        assertThat(told.path("purpose").asText()).isEqualTo("account_opening");
        assertThat(told.path("generation").asInt()).isEqualTo(1);
        assertThat(told.path("releases").asInt()).isEqualTo(1);
        assertThat(told.path("expires_at").asText())
                .isGreaterThan(told.path("created_at").asText());
        assertThat(answer.body()).as("no value of the person").doesNotContain("TAN HUI WEN", ClientFlow.COMPLETE);
    }

    @Test
    @Requirement("GM-6.3")
    void theLimitsOfAPeriodicGrantAreTold() {
        TestClient wealth = TestClient.ready("merlion-wealth");
        ClientFlow periodic = wealth.flow().asking("openid name").push();
        periodic.approve(ClientFlow.COMPLETE);
        String id = periodic.redeem().text("grant_id");

        JsonNode limits = ClientAccess.of(wealth, BOTH)
                .call("GET", "/grants/" + id)
                .send()
                .is(200)
                .json()
                .path("limits");

        assertThat(limits.path("releases_per_period").asInt()).isEqualTo(4);
        assertThat(limits.path("period").asText()).isEqualTo("PT24H");
        assertThat(limits.path("history").asText()).isEqualTo("P15M");
    }

    @Test
    @Requirement("GM-6.4")
    void whatAClientGivesBackReleasesNothingMore() {
        access.call("DELETE", "/grants/" + grant).send().is(204);

        flow.userinfo().send().isRefused(401, "invalid_token", "consent_ended");
        assertThat(query(grant).is(200).text("status")).isEqualTo("relinquished");
        access.call("DELETE", "/grants/" + grant).send().is(204); // again, the answer was lost
        assertThat(TestResident.signIn(ClientFlow.COMPLETE).status(grant)).isEqualTo("relinquished");
    }

    @Test
    @Requirement("GM-6.4")
    void whatHasEndedCannotBeGivenBackButIsToldOf() {
        var resident = TestResident.signIn(ClientFlow.COMPLETE);
        resident.withdraw(grant).is(204);

        access.call("DELETE", "/grants/" + grant).send().isRefused(404, "invalid_request", "grant_not_found");

        assertThat(query(grant).is(200).text("status")).isEqualTo("withdrawn");
    }

    @Test
    @Requirement("GM-6.3")
    void anExpiredGrantIsToldOfAsExpired() {
        clock.advance(Duration.ofHours(25));

        assertThat(ClientAccess.of(bank, BOTH)
                        .call("GET", "/grants/" + grant)
                        .send()
                        .is(200)
                        .text("status"))
                .isEqualTo("expired");
    }

    @Test
    @Requirement("GM-6.2")
    void anotherClientsGrantAnswersAsOneThatNeverWas() {
        TestClient other = TestClient.ready("merlion-wealth");
        ClientAccess theirs = ClientAccess.of(other, BOTH);
        for (String method : List.of("GET", "DELETE")) {
            Answer anothers = theirs.call(method, "/grants/" + grant).send();
            Answer none = theirs.call(method, "/grants/" + UUID.randomUUID()).send();

            anothers.isRefused(404, "invalid_request", "grant_not_found");
            none.isRefused(404, "invalid_request", "grant_not_found");
            assertThat(withoutTrace(anothers)).isEqualTo(withoutTrace(none));
        }
        assertThat(query(grant).is(200).text("status")).isEqualTo("active");
    }

    @Test
    @Requirement("GM-6.3")
    void itSaysWhenItLastChangedItsState() {
        var resident = TestResident.signIn(ClientFlow.COMPLETE);
        String given = query(grant).is(200).text("last_updated_at");
        resident.act(grant, "pause");
        String paused = query(grant).is(200).text("last_updated_at");
        resident.withdraw(grant);

        String withdrawn = query(grant).is(200).text("last_updated_at");

        assertThat(List.of(given, paused, withdrawn)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Requirement("GM-6.2")
    void aGrantThatNobodyApprovedIsNone() {
        ClientFlow open = bank.flow().push();
        open.refuse(ClientFlow.COMPLETE);
        String refused = TestResident.signIn(ClientFlow.COMPLETE).newestGrant();

        query(refused).isRefused(404, "invalid_request", "grant_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0-0-0-0-0", "%7B%7D", "null", "00000000-0000-0000-0000-00000000000g"})
    @Requirement("GM-6.2")
    void whatIsNoIdentifierIsNoGrant(String id) {
        access.call("GET", "/grants/" + id).send().isRefused(404, "invalid_request", "grant_not_found");
        access.call("DELETE", "/grants/" + id).send().isRefused(404, "invalid_request", "grant_not_found");
    }

    @Test
    @Requirement("GM-6.1")
    void onlyATokenOfTheClientsOwnReachesAGrant() {
        String path = "/grants/" + grant;

        Call.to("GET", "/fapi" + path).send().isRefused(401, "invalid_token", "missing_access_token");
        flow.userinfo().to("/fapi" + path).send().isRefused(401, "invalid_token", "invalid_access_token");
        access.call("GET", path).proofs().send().isRefused(401, "invalid_dpop_proof", "missing_dpop_proof");
        access.call("GET", path)
                .proof(proof -> proof.claim("htm", "DELETE"))
                .send()
                .isRefused(401, "invalid_dpop_proof", "invalid_dpop_proof");
        access.call("GET", path)
                .proof(proof -> proof.claim("htu", Service.issuer() + "/grants/" + UUID.randomUUID()))
                .send()
                .isRefused(401, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("GM-6.1")
    void aTokenReachesWhatItWasIssuedForOnly() {
        ClientAccess queries = ClientAccess.of(bank, "grant_management_query");

        Answer answer = queries.call("DELETE", "/grants/" + grant).send();

        answer.isRefused(403, "insufficient_scope", "insufficient_scope");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge)
                        .startsWith("DPoP ")
                        .contains("error=\"insufficient_scope\"", "grant_management_revoke"));
        ClientAccess.of(bank, "events")
                .call("GET", "/grants/" + grant)
                .send()
                .isRefused(403, "insufficient_scope", "insufficient_scope");
        assertThat(query(grant).is(200).text("status")).isEqualTo("active");
    }

    @Test
    @Requirement("GM-6.1")
    void aRevokedOrExpiredTokenReachesNothing() {
        ClientAccess revoked = ClientAccess.of(bank, BOTH);
        bank.flow().revocation().with("token", revoked.accessToken()).send().is(200);
        revoked.call("GET", "/grants/" + grant).send().isRefused(401, "invalid_token", "invalid_access_token");

        clock.advance(Duration.ofMinutes(31));

        access.call("GET", "/grants/" + grant).send().isRefused(401, "invalid_token", "access_token_expired");
    }

    @Test
    @Requirement("GM-7.1")
    void theMetadataNamesTheAddressAndTheActions() {
        JsonNode metadata =
                Call.to("GET", "/fapi/.well-known/openid-configuration").send().json();

        assertThat(metadata.path("grant_management_endpoint").asText()).isEqualTo(Service.issuer() + "/grants");
        assertThat(metadata.path("grant_management_action_required").asBoolean(true))
                .isFalse();
        assertThat(texts(metadata.path("grant_management_actions_supported")))
                .contains("query", "revoke", "create", "merge", "update", "replace");
        assertThat(texts(metadata.path("grant_types_supported")))
                .containsExactlyInAnyOrder("authorization_code", "refresh_token", "client_credentials");
        assertThat(texts(metadata.path("scopes_supported"))).contains("grant_management_query");
    }

    private Answer query(String id) {
        return access.call("GET", "/grants/" + id).send();
    }

    private static ObjectNode withoutTrace(Answer answer) {
        return ((ObjectNode) answer.json()).without(List.of("trace_id"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

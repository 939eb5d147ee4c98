package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Periodic access: refresh tokens (RFC 6749 §6, FAPI 2.0 §5.3.2.1, certification module 40). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RefreshTest {

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    private TestClient wealth;
    private ClientFlow flow;
    private String refreshToken;
    private String grant;

    @BeforeEach
    void aGrantForPeriodicAccess() {
        wealth = TestClient.ready("merlion-wealth");
        flow = wealth.flow().asking("openid name email marital");
        flow.push().approve(ClientFlow.COMPLETE);
        Answer answer = flow.redeem();
        refreshToken = answer.text("refresh_token");
        grant = answer.text("grant_id");
    }

    @Test
    @Requirement("RFC6749-6-1")
    @Requirement("FAPI2-CERT-40")
    void aRefreshTokenGivesAFreshAccessTokenForANewKey() {
        ClientFlow later = wealth.flow();

        Answer answer = refresh(later).send().is(200);

        assertThat(answer.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope", "grant_id");
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "name", "email", "marital");
        assertThat(record(later, answer).personInfo().has("name")).isTrue();
        assertThat(flow.fetch().personInfo().has("name"))
                .as("the first token is as good as it was")
                .isTrue();
    }

    @Test
    @Requirement("FAPI2-CERT-40")
    @Requirement("FAPI2-SP-5.3.2.1-9")
    void aRefreshTokenIsNotRotated() {
        assertThat(refreshToken).hasSizeGreaterThanOrEqualTo(43);

        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofDays(30));
            refresh(wealth.flow()).send().is(200);
        }
    }

    @Test
    @Requirement("RFC6749-6-1")
    void aRefreshTokenDiesWithItsGrant() {
        TestResident.signIn(ClientFlow.COMPLETE).withdraw(grant).is(204);

        refresh(wealth.flow()).send().isRefused(400, "invalid_grant", "grant_ended");
    }

    @Test
    @Requirement("RFC6749-6-1")
    void aRefreshTokenExpiresWithItsGrant() {
        clock.advance(Duration.ofDays(365).minusMinutes(1));
        refresh(wealth.flow()).send().is(200);

        clock.advance(Duration.ofMinutes(2));

        refresh(wealth.flow()).send().isRefused(400, "invalid_grant", "grant_ended");
    }

    @Test
    @Requirement("RFC6749-6-2")
    void aRefreshMayNarrowWhatIsReleased() {
        ClientFlow later = wealth.flow();

        Answer answer = refresh(later).with("scope", "openid email").send().is(200);

        assertThat(answer.text("scope")).isEqualTo("openid email");
        ReceivedRecord record = record(later, answer);
        assertThat(record.personInfo().has("email")).isTrue();
        assertThat(record.personInfo().has("name")).isFalse();
        assertThat(record.outcomes()).containsEntry("name", "withheld_by_policy");
        assertThat(TestResident.signIn(ClientFlow.COMPLETE)
                        .call("GET", "/activity?limit=1")
                        .send()
                        .json()
                        .path(0)
                        .path("outcomes"))
                .as("the person is told that it was not asked for, not that it was withheld")
                .hasToString("{\"email\":\"released\",\"marital\":\"not_asked_for\",\"name\":\"not_asked_for\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"openid name regadd", "regadd", "cpfcontributions", "user.identity", "NAME", "nonsense", "events"
            })
    @Requirement("RFC6749-6-2")
    void aRefreshNeverWidens(String scope) {
        refresh(wealth.flow()).with("scope", scope).send().isRefused(400, "invalid_scope", "scope_not_granted");
    }

    @Test
    @Requirement("RFC6749-6-3")
    void aRefreshNeedsAClientAProofAndTheClientsOwnToken() {
        refresh(wealth.flow())
                .without("client_assertion")
                .send()
                .isRefused(401, "invalid_client", "missing_client_assertion");
        refresh(wealth.flow()).proofs().send().isRefused(400, "invalid_dpop_proof", "missing_dpop_proof");
        refresh(wealth.flow()).without("refresh_token").send().isRefused(400, "invalid_request", "missing_parameter");
        TestClient another = TestClient.registered(
                clients,
                metadata -> metadata.putArray("grant_types")
                        .add("authorization_code")
                        .add("refresh_token"));
        refresh(another.flow()).send().isRefused(400, "invalid_grant", "invalid_refresh_token");
        for (String wrong : List.of("x", flow.accessToken(), flow.code())) {
            refresh(wealth.flow())
                    .with("refresh_token", wrong)
                    .send()
                    .isRefused(400, "invalid_grant", "invalid_refresh_token");
        }
        refresh(TestClient.ready("harbour-bank").flow())
                .send()
                .isRefused(400, "unauthorized_client", "unauthorized_grant_type");

        refresh(wealth.flow()).send().is(200);
    }

    @Test
    @Requirement("RFC6749-6-3")
    void aRefreshTokenOpensNothingItself() {
        flow.userinfo()
                .header("Authorization", "DPoP " + refreshToken)
                .send()
                .isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("RFC7009-2.1")
    void aRevokedRefreshTokenTakesItsAccessTokensWithIt() {
        ClientFlow later = wealth.flow();
        String fresh = refresh(later).send().is(200).text("access_token");

        revoke(wealth, refreshToken).send().is(200);

        refresh(wealth.flow()).send().isRefused(400, "invalid_grant", "invalid_refresh_token");
        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
        later.userinfo(fresh).send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("RFC7009-2.1")
    void anotherClientRevokesNothing() {
        revoke(TestClient.ready("harbour-bank"), refreshToken)
                .send()
                .isRefused(400, "invalid_grant", "token_of_another_client");

        refresh(wealth.flow()).send().is(200);
    }

    /** Of two codes of one grant, as an amendment gives another. */
    @Test
    @Requirement("RFC6749-4.1.2")
    void aCodeUsedTwiceCostsNothingThatAnotherCodeGave() {
        String grant = refresh(wealth.flow()).send().is(200).text("grant_id");
        ClientFlow more = wealth.flow().asking("openid email");
        more.pushed(more.amending("merge", grant)).approve(ClientFlow.COMPLETE);
        String another = more.redeem().text("refresh_token");
        more.fetch();

        more.token().send().isRefused(400, "invalid_grant", "code_reused");

        wealth.flow().refresh(another).send().isRefused(400, "invalid_grant", "invalid_refresh_token");
        more.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
        refresh(wealth.flow()).send().is(200);
        flow.fetch();
    }

    @Test
    @Requirement("RFC6749-4.1.2")
    void aCodeUsedTwiceCostsTheRefreshToken() {
        refresh(wealth.flow()).send().is(200);

        flow.token().send().isRefused(400, "invalid_grant", "code_reused");

        refresh(wealth.flow()).send().isRefused(400, "invalid_grant", "invalid_refresh_token");
    }

    @Test
    @Requirement("CX-PERIODIC-1")
    void withoutTheRegistrationOrThePurposeThereIsNone() {
        TestClient unregistered = TestClient.registered(
                clients,
                metadata -> metadata.put("purpose", "account_review").put("scope", "openid uinfin name email"));
        TestClient unpurposed = TestClient.registered(
                clients,
                metadata -> metadata.putArray("grant_types")
                        .add("authorization_code")
                        .add("refresh_token"));

        for (TestClient client : List.of(unregistered, unpurposed)) {
            ClientFlow one = client.flow().push();
            one.approve(ClientFlow.COMPLETE);
            assertThat(one.redeem().json().has("refresh_token")).isFalse();
        }
    }

    private Call refresh(ClientFlow by) {
        return by.refresh(refreshToken);
    }

    private static Call revoke(TestClient client, String token) {
        return client.flow().revocation().with("token", token);
    }

    private static ReceivedRecord record(ClientFlow later, Answer answer) {
        return later.fetchWith(answer.text("access_token"));
    }
}

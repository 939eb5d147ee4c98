package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that log people in, as Singpass' do: what they push, and the facts about a person in the ID token. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class LoginClientTest {

    private static final String TYPE = "APP_AUTHENTICATION_DEFAULT";
    private static final String MESSAGE = "You are signing in to pay S$50 (Kopi, 2 cups) - ref. 'A-1'";

    @Inject
    Clients clients;

    private TestClient lantern;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        lantern = TestClient.ready("lantern-pay");
        flow = lantern.flow().asking("openid user.identity name email mobileno");
    }

    @AfterEach
    void agenciesAreWell() {
        Call.to("DELETE", "/sandbox/agencies/ica/fault").send();
    }

    @Test
    @Requirement("SINGPASS-PAR-CONTEXT")
    void aLoginSaysWhatItIsFor() {
        flow.par().send().isRefused(400, "invalid_request", "missing_parameter");
        flow.par()
                .with("authentication_context_type", "BANK_LOAN_APPLICATION")
                .send()
                .isRefused(400, "invalid_request", "unregistered_context_type");
        flow.par()
                .with("authentication_context_type", "app_authentication_default")
                .send()
                .isRefused(400, "invalid_request", "unregistered_context_type");
        login().send().is(201);
    }

    @Test
    @Requirement("SINGPASS-PAR-CONTEXT")
    void nobodyElseSaysSo() {
        ClientFlow bank = TestClient.ready("harbour-bank").flow();

        bank.par()
                .with("authentication_context_type", TYPE)
                .send()
                .isRefused(400, "invalid_request", "invalid_parameter");
        bank.par()
                .with("authentication_context_message", MESSAGE)
                .send()
                .isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("SINGPASS-PAR-CONTEXT")
    void aLoginWithoutOpenidIsNone() {
        ClientFlow plain = lantern.flow().asking("user.identity name");

        plain.par()
                .with("authentication_context_type", TYPE)
                .send()
                .isRefused(400, "invalid_request", "invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b>Pay</b>",
                "Pay \"now\"",
                "Pay now!\u200b",
                "Zahle 5 \u20ac",
                "50%",
                "a;b",
                "https://x.example"
            })
    @Requirement("SINGPASS-PAR-MESSAGE")
    void aMessageOfOtherCharactersIsRefused(String message) {
        Answer answer = login().with("authentication_context_message", message).send();

        answer.isRefused(400, "invalid_request", "invalid_parameter");
        assertThat(answer.body()).doesNotContain(message);
    }

    @Test
    @Requirement("SINGPASS-PAR-MESSAGE")
    void aMessageHasAHundredCharacters() {
        login().with("authentication_context_message", "x".repeat(100)).send().is(201);
        login().with("authentication_context_message", "x".repeat(101))
                .send()
                .isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("SINGPASS-PAR-MESSAGE")
    void aMessageIsShownWhileSigningInAndDecidingAsTheClientsWords() {
        String plain = "Pay 50 dollars, (2 cups) at Kopi - now!";
        flow.pushed(login().with("authentication_context_message", plain));
        Visitor clarissa = new Visitor();
        assertThat(clarissa.open(flow).asksToSignIn()).isTrue();

        String signIn = clarissa.signInPage();
        clarissa.signIn(ClientFlow.COMPLETE);
        String decide = clarissa.again().body();

        for (String page : List.of(signIn, decide)) {
            assertThat(page)
                    .contains("Lantern Pay says, in its own words:")
                    .contains("<blockquote><p>" + plain + "</p></blockquote>");
        }
    }

    @Test
    @Requirement("SINGPASS-PAR-APP")
    void theWayBackIsAKnownOne() {
        login().with("redirect_uri_https_type", "standard_https").send().is(201);
        login().with("redirect_uri_https_type", "app_claimed_https").send().is(201);
        login().with("redirect_uri_https_type", "custom").send().isRefused(400, "invalid_request", "invalid_parameter");
        login().with("app_launch_url", "https://app.lantern-pay.example/back")
                .send()
                .is(201);
        login().with("app_launch_url", "https://app.lantern-pay.example/back/")
                .send()
                .isRefused(400, "invalid_request", "unregistered_app_launch_url");
        login().with("app_launch_url", "https://evil.example/")
                .send()
                .isRefused(400, "invalid_request", "unregistered_app_launch_url");
    }

    @Test
    @Requirement("SINGPASS-ID-TOKEN")
    void theIdTokenSaysWhoSignedIn() {
        flow.pushed(login()).approve(ClientFlow.COMPLETE);
        Answer answer = flow.redeem();

        JsonNode claims = claims();
        assertThat(flow.idToken().split("\\.")).hasSize(5);
        assertThat(claims.path("sub_type").asText()).isEqualTo("user");
        assertThat(claims.path("acr").asText()).isEqualTo("urn:singpass:authentication:loa:2");
        assertThat(members(claims.path("sub_attributes")))
                .containsExactlyInAnyOrder(
                        "account_type", "identity_number", "identity_coi", "name", "email", "mobileno");
        assertThat(claims.at("/sub_attributes/account_type").asText()).isEqualTo("standard");
        assertThat(claims.at("/sub_attributes/identity_number").asText()).isEqualTo(ClientFlow.COMPLETE);
        assertThat(claims.at("/sub_attributes/identity_coi").asText()).isEqualTo("SG");
        assertThat(claims.at("/sub_attributes/name").asText()).isEqualTo("TAN HUI WEN CLARISSA");
        assertThat(claims.at("/sub_attributes/email").asText()).contains("@");
        assertThat(claims.at("/sub_attributes/mobileno").asText()).matches("[0-9]{8}");
        assertThat(answer.text("scope").split(" "))
                .containsExactlyInAnyOrder("openid", "user.identity", "name", "email", "mobileno");
    }

    @Test
    @Requirement("SINGPASS-ID-TOKEN")
    @Requirement("CX-3")
    void theIdTokenSaysNoMoreThanWasAskedForAndGranted() {
        ClientFlow number = lantern.flow().asking("openid user.identity");
        number.pushed(number.par().with("authentication_context_type", TYPE)).approve(ClientFlow.COMPLETE);
        number.redeem();
        assertThat(members(claims(number).path("sub_attributes")))
                .containsExactlyInAnyOrder("account_type", "identity_number", "identity_coi");

        ClientFlow less = lantern.flow().asking("openid name mobileno");
        less.pushed(less.par().with("authentication_context_type", TYPE)).approve(ClientFlow.COMPLETE, "mobileno");
        less.redeem();
        assertThat(members(claims(less).path("sub_attributes"))).containsExactly("name");

        ClientFlow nothing = lantern.flow().asking("openid");
        nothing.pushed(nothing.par().with("authentication_context_type", TYPE)).approve(ClientFlow.COMPLETE);
        nothing.redeem();
        assertThat(claims(nothing).has("sub_attributes")).isFalse();
        assertThat(claims(nothing).path("sub_type").asText()).isEqualTo("user");
    }

    @Test
    @Requirement("SINGPASS-ID-TOKEN")
    void aClientThatDoesNotLogPeopleInGetsTheTypeAndNoFacts() {
        TestClient bank = TestClient.registered(
                clients,
                metadata -> metadata.put("scope", "openid user.identity name").put("optional_scope", ""));
        ClientFlow one = bank.flow().untilToken(ClientFlow.COMPLETE);

        JsonNode claims = ReceivedRecord.claimsOf(one.idToken(), bank);

        assertThat(claims.path("sub_type").asText()).isEqualTo("user");
        assertThat(claims.has("sub_attributes")).isFalse();
        assertThat(one.fetch().outcomes()).containsOnlyKeys("name");
    }

    @Test
    @Requirement("CX-LOGIN-1")
    void thePersonSeesTheVeryValuesBeforeAndTheEntryAfterwards() {
        flow.pushed(login());
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        assertThat(clarissa.open(flow).body()).contains(ClientFlow.COMPLETE, "TAN HUI WEN CLARISSA");
        String code = clarissa.approve().get("code");
        assertThat(releases()).isEmpty();

        flow.code(code).redeem();

        assertThat(releases()).hasSize(1);
        JsonNode entry = releases().getFirst();
        assertThat(entry.path("client_id").asText()).isEqualTo("lantern-pay");
        assertThat(entry.path("reason").asText()).isEqualTo("in_id_token");
        assertThat(entry.at("/outcomes/uinfin").asText()).isEqualTo("released");
        assertThat(entry.at("/outcomes/name").asText()).isEqualTo("released");
        assertThat(entry.at("/outcomes/mobileno").asText()).isEqualTo("withheld_by_person");
        assertThat(members(claims().path("sub_attributes"))).doesNotContain("mobileno");
    }

    @Test
    @Requirement("CX-LOGIN-1")
    @Requirement("CX-5")
    void aSourceThatIsDownCostsItsOwnFactsAndIsRecorded() {
        flow.pushed(login()).approve(ClientFlow.COMPLETE);
        Call.json("PUT", "/sandbox/agencies/ica/fault", "{\"kind\":\"down\"}")
                .send()
                .is(204);

        flow.redeem();

        assertThat(members(claims().path("sub_attributes"))).containsExactlyInAnyOrder("email", "mobileno");
        assertThat(releases().getFirst().at("/outcomes/uinfin").asText()).isEqualTo("source_unavailable");
    }

    @Test
    @Requirement("CX-LOGIN-2")
    void aWithdrawnConsentPutsNothingIntoAnIdToken() {
        flow.pushed(login()).approve(ClientFlow.COMPLETE);
        var resident = TestResident.signIn(ClientFlow.COMPLETE);
        resident.withdraw(grant()).is(204);

        flow.token().send().isRefused(400, "invalid_grant", "invalid_code");

        assertThat(releases()).isEmpty();
        assertThat(refusals()).containsExactly("consent_withdrawn");
    }

    @Test
    @Requirement("CX-LOGIN-2")
    void aPausedConsentIsSaidToBePausedAndItsCodeIsGoodOnceItGoesOn() {
        flow.pushed(login()).approve(ClientFlow.COMPLETE);
        var resident = TestResident.signIn(ClientFlow.COMPLETE);
        String grant = grant();
        resident.act(grant, "pause").is(204);

        flow.token().send().isRefused(400, "invalid_grant", "consent_paused");

        assertThat(releases()).isEmpty();
        assertThat(refusals()).containsExactly("consent_paused");
        resident.act(grant, "resume").is(204);
        flow.redeem();
        assertThat(releases()).hasSize(1);
    }

    @Test
    @Requirement("CX-LOGIN-2")
    void aCodeThatIsRefusedIsNoTryToReleaseAnything() {
        flow.pushed(login()).approve(ClientFlow.COMPLETE);
        TestResident.signIn(ClientFlow.COMPLETE).act(grant(), "pause").is(204);

        flow.token()
                .with("code_verifier", "a".repeat(43))
                .send()
                .isRefused(400, "invalid_grant", "invalid_code_verifier");

        assertThat(refusals()).isEmpty();
    }

    @Test
    @Requirement("CX-LOGIN-1")
    void aCodeThatIsRefusedReleasesNothing() {
        flow.pushed(login()).approve(ClientFlow.COMPLETE);
        flow.token()
                .with("code_verifier", "a".repeat(43))
                .send()
                .isRefused(400, "invalid_grant", "invalid_code_verifier");
        assertThat(releases()).isEmpty();
        flow.redeem();
        flow.token().with("code_verifier", "a".repeat(43)).send().isRefused(400, "invalid_grant", "code_reused");
        assertThat(releases()).hasSize(1);
    }

    @Test
    @Requirement("CX-LOGIN-1")
    void ofTwoThatRedeemACodeAtOnceEachAnswerIsRecorded() throws Exception {
        for (int i = 0; i < 10; i++) {
            ClientFlow one = lantern.flow().asking("openid user.identity");
            one.pushed(one.par().with("authentication_context_type", TYPE)).approve(ClientFlow.COMPLETE);
            Call first = one.token();
            Call second = one.token();
            List<Integer> statuses = new ArrayList<>();
            try (var both = Executors.newFixedThreadPool(2)) {
                List<Callable<Integer>> calls =
                        List.of(() -> first.send().status(), () -> second.send().status());
                for (var status : both.invokeAll(calls)) {
                    statuses.add(status.get());
                }
            }

            assertThat(statuses).as("the second is the first one's retry").containsExactly(200, 200);
            assertThat(releases()).as("two ID tokens left").hasSize(2);
        }
    }

    private Call login() {
        return flow.par().with("authentication_context_type", TYPE);
    }

    private JsonNode claims() {
        return claims(flow);
    }

    private static JsonNode claims(ClientFlow of) {
        return ReceivedRecord.claimsOf(of.idToken(), of.client());
    }

    private static List<String> members(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** What was released under the grant that the person gave last, newest first. */
    private static List<JsonNode> releases() {
        return events("released");
    }

    /** Why releases under it were refused. */
    private static List<String> refusals() {
        return events("release_refused").stream()
                .map(event -> event.path("reason").asText())
                .toList();
    }

    private static List<JsonNode> events(String kind) {
        JsonNode activity = TestResident.signIn(ClientFlow.COMPLETE)
                .call("GET", "/activity?limit=100")
                .send()
                .is(200)
                .json();
        String grant = grant();
        List<JsonNode> found = new ArrayList<>();
        activity.forEach(event -> {
            if (event.path("event").asText().equals(kind)
                    && event.path("grant_id").asText().equals(grant)) {
                found.add(event);
            }
        });
        return found;
    }

    private static String grant() {
        for (JsonNode event : TestResident.signIn(ClientFlow.COMPLETE)
                .call("GET", "/activity?limit=20")
                .send()
                .is(200)
                .json()) {
            if (event.path("event").asText().equals("granted")) {
                return event.path("grant_id").asText();
            }
        }
        throw new AssertionError("nothing was granted");
    }
}

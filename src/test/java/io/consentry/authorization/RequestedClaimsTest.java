package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameter {@code claims} (OpenID Connect Core §5.5). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RequestedClaimsTest {

    private static final String FACE = "urn:singpass:authentication:loa:3";
    private static final String TWO_FACTORS = "urn:singpass:authentication:loa:2";
    private static final String KEONG = "S7685213H";

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow().asking("openid name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "\"text\"",
                "7",
                "null",
                "{\"id_token\":{}",
                "{'id_token':{}}",
                "{id_token:{}}",
                "{\"id_token\":{}} {}",
                "{\"id_token\":{},\"id_token\":{}}",
                "{\"id_token\":[]}",
                "{\"id_token\":null}",
                "{\"userinfo\":\"name\"}",
                "{\"id_token\":{\"acr\":\"x\"}}",
                "{\"id_token\":{\"acr\":{\"essential\":\"yes\"}}}",
                "{\"id_token\":{\"acr\":{\"values\":\"x\"}}}",
                "{\"id_token\":{\"acr\":{\"value\":7}}}",
                "{\"id_token\":{\"acr\":{\"values\":[{}]}}}",
                "{\"id_token\":{\"sub\":{\"value\":\"S9812381D\"}}}",
                "{\"userinfo\":{\"sub\":{\"value\":[]}}}",
            })
    @Requirement("OIDC-CORE-5.5-FORM")
    void whatIsNotTheJsonItShouldBeIsRefused(String claims) {
        flow.par().with("claims", claims).send().isRefused(400, "invalid_request", "malformed_claims");
    }

    @Test
    @Requirement("OIDC-CORE-5.5-FORM")
    void depthAndLengthHaveLimits() {
        flow.par().with("claims", "{\"a\":".repeat(2_500)).send().isRefused(400, "invalid_request", "malformed_claims");
        flow.par()
                .with("claims", "{\"userinfo\":{\"" + "x".repeat(9_000) + "\":null}}")
                .send()
                .isRefused(400, "invalid_request", "malformed_claims");
    }

    @Test
    @Requirement("OIDC-CORE-5.5-FORM")
    void claimsThatAreNotKnownAreIgnored() {
        flow.pushed(flow.par().with("claims", """
                {"id_token": {"shoe_size": {"essential": true}, "auth_time": {"essential": true}, "nonce": null},
                 "userinfo": {"shoe_size": null, "given_name": {"essential": true}, "name#de": null, "": null,
                              "NAME": null, "vehicles": null, "verified_claims": null},
                 "somewhere_else": 7}"""));

        flow.approve(ClientFlow.COMPLETE);
        flow.redeem();

        assertThat(claims().has("auth_time")).isTrue();
        assertThat(flow.fetch().outcomes()).containsOnlyKeys("name");
    }

    /** As the certification suite's module does it: everything that the metadata offers, all at once. */
    @Test
    @Requirement("OIDC-CORE-5.5-FORM")
    void everythingThatIsOfferedCanBeAskedFor() {
        List<String> asked = new ArrayList<>();
        JsonNode metadata =
                Call.to("GET", "/fapi/.well-known/openid-configuration").send().json();
        metadata.path("claims_supported").forEach(claim -> asked.add("\"" + claim.asText() + "\":null"));
        String all = "{" + String.join(",", asked) + "}";
        assertThat(metadata.path("claims_parameter_supported").asBoolean()).isTrue();

        flow.pushed(flow.par().with("claims", "{\"id_token\":" + all + ",\"userinfo\":" + all + "}"));
        flow.approve(ClientFlow.COMPLETE);
        flow.redeem();

        assertThat(flow.fetch().sub()).isEqualTo(claims().path("sub").asText());
        assertThat(claims().has("acr")).isTrue();
        assertThat(claims().has("sub_attributes")).isFalse();
    }

    @Test
    @Requirement("OIDC-CORE-5.5-USERINFO")
    @Requirement("CX-3")
    void aClaimOfTheRecordAsksForItsAttributeAndThePersonSeesIt() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("claims", "{\"userinfo\":{\"email\":{\"essential\":true},\"cpfbalances\":null}}"));

        String page = clarissa.open(flow).body();

        assertThat(page).contains("name=\"share\" value=\"cpfbalances.oa\"").contains("Email");
        flow.code(clarissa.approve().get("code")).redeem();
        assertThat(flow.fetch().with("released")).containsExactly("email", "name");
        assertThat(flow.fetch().with("withheld_by_person")).contains("cpfbalances.oa");
    }

    @Test
    @Requirement("OIDC-CORE-5.5-USERINFO")
    @Requirement("CX-3")
    void aClaimBeyondWhatIsRegisteredAddsNothing() {
        ClientFlow kopi = TestClient.ready("kopi-rental").flow().asking("openid name");
        kopi.pushed(kopi.par().with("claims", "{\"userinfo\":{\"uinfin\":{\"essential\":true},\"email\":null}}"));

        kopi.approve(ClientFlow.COMPLETE);
        kopi.redeem();

        assertThat(kopi.fetch().outcomes()).containsOnlyKeys("email", "name");
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1-SUB")
    void thePersonWhoWasAskedForIsAnsweredFor() {
        String subject = subjectOf(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("claims", sub(subject)));

        flow.approve(ClientFlow.COMPLETE);
        flow.redeem();

        assertThat(claims().path("sub").asText()).isEqualTo(subject);
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1-SUB")
    void nobodyElseIsAnsweredForAndNothingOfThemIsShown() {
        Visitor keong = new Visitor().signIn(KEONG);
        flow.pushed(flow.par().with("claims", sub(subjectOf(ClientFlow.COMPLETE))));

        assertThat(keong.open(flow).asksToSignIn()).isTrue();
        assertThat(keong.decide("approve").asksToSignIn()).isTrue();
        keong.signIn(KEONG);

        assertThat(keong.again().returned()).containsEntry("error", "login_required");
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1-SUB")
    void nobodyElseEndsARequestThatIsBeforeWhoeverWasAskedFor() {
        flow.pushed(flow.par().with("claims", sub(subjectOf(ClientFlow.COMPLETE))));
        Visitor clarissa = new Visitor();
        assertThat(clarissa.open(flow).asksToSignIn()).isTrue();
        clarissa.signIn(ClientFlow.COMPLETE);
        assertThat(clarissa.again().asksToDecide()).isTrue();

        assertThat(new Visitor().signIn(KEONG).open(flow).body()).contains("somebody else");

        assertThat(clarissa.approve()).containsKey("code");
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1-SUB")
    void nobodyElseDecidesWithoutABrowserEither() {
        flow.pushed(flow.par().with("claims", sub(subjectOf(ClientFlow.COMPLETE))));

        assertThat(flow.redirected(KEONG)).containsEntry("error", "login_required");

        ClientFlow unknown = bank.flow();
        unknown.pushed(unknown.par().with("claims", sub(UUID.randomUUID().toString())));
        assertThat(unknown.redirected(KEONG)).containsEntry("error", "login_required");
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1-SUB")
    void withoutAPageAnotherPersonIsNobody() {
        Visitor keong = new Visitor().signIn(KEONG);
        flow.pushed(
                flow.par().with("claims", sub(subjectOf(ClientFlow.COMPLETE))).with("prompt", "none"));

        assertThat(keong.open(flow).returned()).containsEntry("error", "login_required");
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1.1-ACR")
    void anEssentialLevelIsMetOrTheRequestFails() {
        flow.pushed(flow.par().with("claims", acr(true, FACE)));
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        assertThat(clarissa.open(flow).asksToSignIn()).isTrue();
        clarissa.signIn(ClientFlow.COMPLETE);
        assertThat(clarissa.again().returned()).containsEntry("error", "unmet_authentication_requirements");

        ClientFlow met = bank.flow();
        met.pushed(met.par().with("claims", acr(true, FACE))).approve(ClientFlow.COMPLETE);
        met.redeem();
        assertThat(ReceivedRecord.claimsOf(met.idToken(), bank).path("acr").asText())
                .isEqualTo(FACE);
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1.1-ACR")
    void aVoluntaryLevelIsAWishAndWhatWasReachedIsTold() {
        flow.pushed(flow.par().with("claims", acr(false, FACE)));
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);

        assertThat(clarissa.open(flow).asksToDecide()).isTrue();
        flow.code(clarissa.approve().get("code")).redeem();

        assertThat(claims().path("acr").asText()).isEqualTo(TWO_FACTORS);
    }

    @Test
    @Requirement("OIDC-CORE-5.5.1.1-ACR")
    void anEssentialLevelThatTheClientMayNotHaveIsRefusedAtOnce() {
        flow.par()
                .with("claims", acr(true, "urn:mace:incommon:iap:silver"))
                .send()
                .isRefused(400, "invalid_request", "unregistered_acr");
        ClientFlow lender = TestClient.ready("plain-lender").flow();
        lender.par()
                .with("claims", acr(true, TWO_FACTORS))
                .send()
                .isRefused(400, "invalid_request", "unregistered_acr");
        lender.par().with("claims", acr(false, TWO_FACTORS)).send().is(201);
    }

    private String subjectOf(String uinfin) {
        ClientFlow earlier = bank.flow().untilToken(uinfin);
        return ReceivedRecord.claimsOf(earlier.idToken(), bank).path("sub").asText();
    }

    private static String sub(String value) {
        return "{\"id_token\":{\"sub\":{\"value\":\"" + value + "\"}}}";
    }

    private static String acr(boolean essential, String value) {
        return "{\"id_token\":{\"acr\":{\"essential\":" + essential + ",\"values\":[\"" + value + "\"]}}}";
    }

    private JsonNode claims() {
        return ReceivedRecord.claimsOf(flow.idToken(), bank);
    }
}

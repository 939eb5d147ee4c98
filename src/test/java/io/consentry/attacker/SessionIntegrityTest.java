package io.consentry.attacker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.bank.RelyingParty;
import io.consentry.bank.RelyingPartyException;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Browser;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No attacker can make a person log in as the attacker, use the attacker's resources, or approve without knowing
 * (FAPI 2.0 Attacker Model, goal "session integrity").
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class SessionIntegrityTest {

    private static final String VICTIM = "S9160042J";
    private static final String ATTACKER = "S7685213H";
    private static final Map<String, String> FROM_ELSEWHERE =
            Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site");

    @Inject
    Clients clients;

    private TestClient bank;

    @BeforeEach
    void meet() {
        bank = TestClient.registered(clients, metadata -> {});
    }

    /** Has: a code for their own record. Tries: to have the victim's browser bring it back to the bank. */
    @Test
    @Requirement("FAPI2-AM-A1-SESSION")
    @Requirement("RFC6749-10.12")
    @Requirement("RFC9700-4.7")
    void anAttackersCodeInTheVictimsVisitIsRefused() {
        ClientFlow attackers = bank.flow().push();
        attackers.approve(ATTACKER);
        ClientFlow victims = bank.flow().push();

        victims.token().with("code", attackers.code()).send().isRefused(400, "invalid_grant", "invalid_code_verifier");

        assertThat(attackers.state()).isNotEqualTo(victims.state());
    }

    /** Has: a page of their own that the victim visits. Tries: to sign the victim in as the attacker, here. */
    @Test
    @Requirement("FAPI2-AM-A1-SESSION")
    void anotherSiteCannotSignAPersonIn() {
        Call json = TestResident.signingIn(ATTACKER);
        FROM_ELSEWHERE.forEach(json::header);
        Call form =
                Call.to("POST", "/sandbox/sign-in").with("uinfin", ATTACKER).header("Origin", "https://evil.example");

        for (Answer answer : List.of(json.send(), form.send())) {
            answer.is(403);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    /** Has: a handle that they planted in the victim's browser. Tries: to be there when the victim signs in under it. */
    @Test
    @Requirement("FAPI2-AM-A1-SESSION")
    void aPlantedSessionIsNotTheOneThatThePersonGets() {
        TestResident planted = TestResident.signIn(ATTACKER);

        TestResident victim = TestResident.from(TestResident.signingIn(VICTIM)
                .header("Cookie", planted.cookie())
                .send()
                .is(204));

        assertThat(victim.cookie()).isNotEqualTo(planted.cookie());
        planted.call("GET", "/consents").send().isProblem(401, "sign_in_required");
    }

    /** Has: a page that posts forms, and a form token of their own session. Tries: to approve in the victim's name. */
    @Test
    @Requirement("FAPI2-AM-A1-SESSION")
    @Requirement("RFC6749-10.12")
    void nobodyElsesFormApprovesInThePersonsName() {
        ClientFlow flow = bank.flow().push();
        String page = Browser.follow(flow.authorize());
        Browser victim = Browser.of(VICTIM);
        victim.look(page);
        String ofAnother = Browser.of(ATTACKER).formToken("/me");

        for (Response response : List.of(
                victim.post(page, Map.of("decision", "approve"), Map.of()),
                victim.post(page, Map.of("decision", "approve", "csrf", ofAnother), Map.of()),
                victim.post(page, Map.of("decision", "approve", "csrf", victim.formToken(page)), FROM_ELSEWHERE))) {
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.header("Location")).isNull();
        }
        assertThat(flow.returned(victim.refuse(page))).containsEntry("error", "access_denied");
    }

    /** Frames the page, to have it clicked unseen. */
    @Test
    @Requirement("FAPI2-AM-A1-SESSION")
    @Requirement("RFC6749-10.13")
    @Requirement("RFC9700-4.16")
    void noSiteFramesThePageOnWhichAPersonDecides() {
        String page = Browser.follow(bank.flow().push().authorize());

        Response shown = Browser.of(VICTIM).look(page);

        assertThat(shown.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(shown.header("X-Frame-Options")).isEqualTo("DENY");
        Answer entry = bank.flow().push().authorize().send();
        assertThat(entry.header("X-Frame-Options")).hasValue("DENY");
    }

    /** Has: a consent page that they began and looked at. Tries: to have the victim approve there. */
    @Test
    @Requirement("FAPI2-AM-A1-SESSION")
    void aPageThatOnePersonBeganIsClosedToEverybodyElse() {
        ClientFlow flow = bank.flow().push();
        String page = Browser.follow(flow.authorize());
        Browser attacker = Browser.of(ATTACKER);
        attacker.look(page);
        Browser victim = Browser.of(VICTIM);

        Response lured = victim.look(page);
        Response forced = victim.post(page, Map.of("decision", "approve", "csrf", victim.formToken("/me")), Map.of());

        assertThat(lured.statusCode()).isEqualTo(403);
        assertThat(forced.statusCode()).isBetween(400, 499);
        assertThat(forced.header("Location")).isNull();
        assertThat(TestResident.signIn(VICTIM).consents().findValuesAsText("client_id"))
                .doesNotContain(bank.id());
    }

    /** Has: a link to a request of their own visit. Tries: to see the code that the lured victim's approval makes. */
    @Test
    @Requirement("FAPI2-AM-A1-SESSION")
    void theAnswerToALuredPersonIsSeenByTheirBrowserAndTheBankOnly() {
        ClientFlow flow = bank.flow().push();
        String page = Browser.follow(flow.authorize());

        URI back = Browser.of(VICTIM).approve(page);

        String code = flow.returned(back).get("code");
        assertThat(back.toString()).startsWith(bank.redirectUri() + "?");
        Response attackers = Browser.of(ATTACKER).look(page);
        assertThat(attackers.asString()).doesNotContain(code);
        assertThat(attackers.header("Location")).isNull();
        flow.authorize().send().isErrorPage(400, "invalid_request_uri");
    }

    /** Is: another server that the bank uses. Tries: to have our answer taken for its own, or its own for ours. */
    @Test
    @Requirement("FAPI2-AM-A1A-SESSION")
    @Requirement("RFC9207-2.4")
    @Requirement("RFC9700-4.4")
    void anAnswerThatNamesAnotherIssuerOrNoneIsNotTakenForOurs() throws RelyingPartyException {
        RelyingParty client = RelyingParty.visit(
                URI.create(Service.issuer()), bank.id(), bank.keys(), URI.create(bank.redirectUri()));
        String requestUri = client.push("openid name");
        String page = Browser.follow(
                Call.to("GET", client.authorizationUri(requestUri).toString()));
        String honest = Browser.of(VICTIM).approve(page).toString();
        String iss = "iss=" + URLEncoder.encode(Service.issuer(), StandardCharsets.UTF_8);

        assertThat(honest).containsOnlyOnce(iss).containsOnlyOnce("iss=");
        assertThatThrownBy(() -> client.read(URI.create(honest.replace(iss, "iss=https%3A%2F%2Fevil.example"))))
                .isInstanceOf(RelyingPartyException.class);
        assertThatThrownBy(() -> client.read(URI.create(honest.replace("&" + iss, ""))))
                .isInstanceOf(RelyingPartyException.class);
        assertThatThrownBy(() -> client.read(URI.create(honest.replace("state=", "state=x"))))
                .isInstanceOf(RelyingPartyException.class);
        assertThat(client.read(URI.create(honest))).isInstanceOf(RelyingParty.Returned.Code.class);
    }

    /** Changes the request on its way through the browser. */
    @Test
    @Requirement("FAPI2-AM-A2-SESSION")
    void nothingAddedOnTheWayThroughTheBrowserCounts() {
        ClientFlow flow = bank.flow().push();
        String page = Browser.follow(flow.authorize()
                .appending("&state=evil&nonce=evil&code_challenge=evil&dpop_jkt=evil&scope=openid"
                        + "&redirect_uri=https%3A%2F%2Fevil.example&response_mode=fragment&iss=evil"));

        Map<String, String> answer = flow.returned(Browser.of(VICTIM).approve(page));

        assertThat(answer)
                .containsOnlyKeys("code", "state", "iss")
                .containsEntry("state", flow.state())
                .containsEntry("iss", Service.issuer());
        flow.redeem();
        assertThat(flow.fetch().outcomes()).containsKey("name");
    }

    /** Has: the request_uri. Tries: it after the victim, and before the victim without an answer. */
    @Test
    @Requirement("FAPI2-AM-A3A-SESSION")
    void aRequestThatWasReadIsDeadOnceItIsAnsweredAndOpeningItTakesNothingAway() {
        ClientFlow flow = bank.flow().push();
        Browser.follow(flow.authorize());

        flow.returned(Browser.of(VICTIM).approve(Browser.follow(flow.authorize())));

        flow.authorize().send().isErrorPage(400, "invalid_request_uri");
        flow.decision(ATTACKER, "approve").send().isProblem(400, "invalid_request_uri");
        flow.redeem();
    }

    /** Has: the victim's code, and their own. Tries: theirs first in the victim's visit; a visit takes one. */
    @Test
    @Requirement("FAPI2-AM-A3B-SESSION")
    void aCodeOfAnotherVisitDoesNotSpoilThisOne() {
        ClientFlow victims = bank.flow().push();
        victims.approve(VICTIM);
        ClientFlow attackers = bank.flow().push();
        attackers.approve(ATTACKER);

        victims.token().with("code", attackers.code()).send().isRefused(400, "invalid_grant", "invalid_code_verifier");

        victims.redeem();
        assertThat(victims.fetch().personInfo().path("uinfin").path("value").asText())
                .isEqualTo(VICTIM);
    }

    /** Sits between the bank and the token endpoint. Tries: to put the answer to their own visit in the victim's place. */
    @Test
    @Requirement("FAPI2-AM-A5-SESSION")
    void theTokensOfAnotherVisitAreNotTakenForThisOnes() {
        ClientFlow victims = bank.flow().untilToken(VICTIM);
        ClientFlow attackers = bank.flow().untilToken(ATTACKER);

        assertThat(new HonestClient(bank).signsInBy(attackers.idToken(), victims.nonce()))
                .isFalse();
        victims.userinfo(attackers.accessToken()).send().isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
    }
}

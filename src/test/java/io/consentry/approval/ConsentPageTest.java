package io.consentry.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.consentry.client.Clients;
import io.consentry.client.RegistrationResult;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Browser;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page on which a person decides. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ConsentPageTest {

    private static final String CLARISSA = "S9812381D";
    private static final String KEONG = "S7685213H";
    private static final String CALLBACK = "http://localhost:3000/callback";

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    @Test
    void whoeverIsNotSignedInSignsInAndComesBack() {
        String page = Visit.asked("harbour-bank");

        Response response = new Visit().get(page);

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.header("Location")).endsWith("/sign-in?return_to=" + page);
    }

    @Test
    void thePageShowsEveryValueWithItsSourceAndDate() {
        String html = Visit.as(CLARISSA).get(Visit.asked("harbour-bank")).asString();

        assertThat(html)
                .contains("Harbour Bank", "Harbour Bank (Singapore) Limited", "harbour-bank")
                .contains("TAN HUI WEN CLARISSA", "548 Kestrel Avenue 3 #09-128, Singapore 760548", "14 Mar 1998")
                .contains("S$78,450.00", "Year of assessment: 2026", "Singapore Citizen")
                .containsPattern("ICA and MOM, \\d+ \\w{3} \\d{4}")
                .contains("24 hours", "5 years");
    }

    @Test
    @Requirement("CX-RES-9")
    void thePageSaysHowOftenHowFarBackAndWhenItIsDeleted() {
        String html = Visit.as(CLARISSA).get(Visit.asked("plain-lender")).asString();

        assertThat(html)
                .contains("How often", "Up to 50 times in 24 hours", "That is unusually often")
                .contains("How far back", "The last 2 years")
                .contains("Keeps for", "5 years", "On withdrawal", "Deleted in 30 days")
                .contains("Nobody else receives it");
        assertThat(Visit.as(CLARISSA).get(Visit.asked("harbour-bank")).asString())
                .contains("Any number of times", "All there is")
                .doesNotContain("unusually often");
    }

    @Test
    @Requirement("CX-RES-10")
    void aDecisionKeepsTheDigestOfTheWordsThatWereShown() {
        String clarissa = digestAfterApproving(CLARISSA, "plain-lender");
        String keong = digestAfterApproving(KEONG, "plain-lender");
        String another = digestAfterApproving(CLARISSA, "kopi-rental");

        assertThat(clarissa).matches("[0-9a-f]{64}").as("no value goes into it").isEqualTo(keong);
        assertThat(another).matches("[0-9a-f]{64}").isNotEqualTo(clarissa);
    }

    /** What is recorded was on the screen, not what would be there when the answer comes; and no browser can change it. */
    @Test
    @Requirement("CX-RES-10")
    void theDigestIsThatOfTheWordsOnTheScreen() {
        TestClient bank = TestClient.registered(clients, metadata -> metadata.put("client_name", "First Bank"));
        String page = Browser.follow(bank.flow().push().authorize());
        Visit visit = Visit.as(CLARISSA);
        Map<String, String> form = new HashMap<>(visit.hidden(page));
        form.put("decision", "approve");
        String digest = form.get("shown").split("\\.")[1];
        rename(bank, "Second Bank");
        String renamed = visit.hidden(page).get("shown").split("\\.")[1];

        for (String forged : List.of(
                "",
                form.get("shown").replace(digest, renamed),
                form.get("shown").replaceFirst("^en", "zh"),
                visit.hidden(Visit.asked("plain-lender")).get("shown"))) {
            var changed = new HashMap<>(form);
            changed.put("shown", forged);
            assertThat(visit.post(page, changed, Map.of()).statusCode())
                    .as(forged)
                    .isEqualTo(403);
        }
        Response approved = visit.post(page, form, Map.of());

        assertThat(renamed).isNotEqualTo(digest);
        assertThat(approved.header("Location")).contains("code=");
        assertThat(visit.json("/api/me/consents/" + visit.latestGrant() + "/versions")
                        .getList("shown_digest"))
                .isEqualTo(List.of(digest));
    }

    private void rename(TestClient bank, String name) {
        ObjectNode metadata = new ObjectMapper()
                .createObjectNode()
                .put("client_id", bank.id())
                .put("client_name", name)
                .put("scope", bank.scope())
                .put("optional_scope", "email")
                .put("purpose", "account_opening");
        metadata.putArray("redirect_uris").add(bank.redirectUri());
        metadata.set("jwks", new ObjectMapper().valueToTree(bank.keys().toJSONObject(true)));
        assertThat(clients.register(metadata)).isInstanceOf(RegistrationResult.Registered.class);
    }

    /** A page that asks for a change, and the form on which facts are taken back, have words of their own. */
    @Test
    @Requirement("CX-RES-10")
    void eachDecisionOfAGrantKeepsTheDigestOfItsOwnPage() {
        TestClient wealth = TestClient.ready("merlion-wealth");
        ClientFlow first = wealth.flow().asking("openid name email").push();
        Visit visit = Visit.as(KEONG);
        approveOnThePage(visit, first);
        String grant = first.redeem().text("grant_id");
        ClientFlow more = wealth.flow().asking("openid marital");
        approveOnThePage(visit, more.pushed(more.amending("merge", grant)));
        String form = "/me/consents/" + grant;
        visit.send(form + "/narrow", form + "/narrow", Map.of("without", "email"));

        List<String> digests =
                visit.json("/api/me/consents/" + grant + "/versions").getList("shown_digest");

        assertThat(digests).hasSize(3).doesNotHaveDuplicates().allMatch(each -> each.matches("[0-9a-f]{64}"));
    }

    @Test
    void aChangeOfAPausedGrantSaysThatItStaysPaused() {
        TestClient wealth = TestClient.ready("merlion-wealth");
        ClientFlow first = wealth.flow().asking("openid name email").push();
        first.approve(KEONG);
        String grant = first.redeem().text("grant_id");
        TestResident.signIn(KEONG).act(grant, "pause").is(204);
        ClientFlow more = wealth.flow().asking("openid marital");
        more.pushed(more.amending("merge", grant));

        String page = Visit.as(KEONG)
                .get(URI.create(more.authorize()
                                .send()
                                .is(303)
                                .header("Location")
                                .orElseThrow())
                        .getPath())
                .asString();

        assertThat(page).contains("You have paused this consent. It stays paused");
    }

    private static void approveOnThePage(Visit visit, ClientFlow flow) {
        String page = URI.create(
                        flow.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
        Response answer = visit.send(page, page, Map.of("decision", "approve"));
        assertThat(flow.returned(URI.create(answer.header("Location")))).containsKey("code");
    }

    private static String digestAfterApproving(String uinfin, String client) {
        String page = Visit.asked(client);
        Visit visit = Visit.as(uinfin);
        visit.send(page, page, Map.of("decision", "approve"));
        return visit.json("/api/me/consents/" + visit.latestGrant() + "/versions")
                .getString("[0].shown_digest");
    }

    @Test
    void aWholeGroupIsTickedAndUntickedWithoutScriptAndDecidesNothing() {
        String page = Visit.asked("harbour-bank");
        Visit visit = Visit.as(CLARISSA);

        String housing = "hdbtype hdbownership.address hdbownership.dateofpurchase hdbownership.outstandingloanbalance"
                + " hdbownership.monthlyloaninstalment ownerprivate";

        assertThat(visit.get(page).asString()).contains("name=\"tick\" value=\"" + housing + "\"");
        Response ticked = visit.send(page, page, Map.of("tick", housing, "share", "race"));
        String html = visit.get(page).asString();
        Response unticked =
                visit.send(page, page, Map.of("tick", housing, "share", List.of("race", "hdbtype", "ownerprivate")));

        assertThat(ticked.statusCode()).isEqualTo(303);
        assertThat(ticked.header("Location")).endsWith(page + "#optional");
        assertThat(html)
                .contains("value=\"race\" checked", "value=\"hdbtype\" checked", "value=\"ownerprivate\" checked")
                .contains("value=\"hdbownership.address\" checked", "Untick all")
                .doesNotContain("value=\"passportnumber\" checked");
        assertThat(unticked.statusCode()).isEqualTo(303);
        assertThat(visit.activity().getString("[0].event")).isEqualTo("presented");
    }

    @Test
    void aGroupCannotTickWhatIsNotOnOffer() {
        String page = Visit.asked("harbour-bank", "openid name hdbtype");
        Visit visit = Visit.as(CLARISSA);

        visit.send(page, page, Map.of("tick", "nonsense"));
        visit.send(page, page, Map.of("tick", "race sex name"));

        assertThat(visit.get(page).asString()).doesNotContain(" checked");
    }

    @Test
    void sensitiveValuesAreShownOnRequestOnly() {
        String html = Visit.as(CLARISSA).get(Visit.asked("harbour-bank")).asString();

        String beforeNumber = html.substring(0, html.indexOf(CLARISSA));
        assertThat(beforeNumber.lastIndexOf("<details class=\"mask\">"))
                .isGreaterThan(beforeNumber.lastIndexOf("</details>"));
    }

    @Test
    void nothingOptionalIsTicked() {
        String html = Visit.as(CLARISSA).get(Visit.asked("harbour-bank")).asString();

        assertThat(html).contains("type=\"checkbox\"").doesNotContain(" checked");
    }

    @Test
    void aLinkCannotTickForThePerson() {
        String page = Visit.asked("harbour-bank");

        String html = Visit.as(CLARISSA).get(page + "?share=race&choices=race").asString();

        assertThat(html).doesNotContain(" checked");
    }

    @Test
    @Requirement("CX-7")
    void twoDecisionsAreNone() {
        Visit visit = Visit.as(KEONG);
        String page = Visit.asked("plain-lender");

        for (List<String> both : List.of(List.of("approve", "refuse"), List.of("refuse", "approve"))) {
            Response answer = visit.send(page, page, Map.of("decision", both));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.header("Location")).isNull();
        }
        assertThat(visit.send(page, page, Map.of("decision", "refuse", "share", "a..b"))
                        .statusCode())
                .as("still open")
                .isEqualTo(303);
    }

    @Test
    void approveAndRefuseAreTheSameButton() {
        String html = Visit.as(CLARISSA).get(Visit.asked("harbour-bank")).asString();

        assertThat(html)
                .contains("<button type=\"submit\" name=\"decision\" value=\"approve\">")
                .contains("<button type=\"submit\" name=\"decision\" value=\"refuse\">");
    }

    @Test
    void thePageIsKeptByNobodyFramedByNobodyAndRunsNoInlineScript() {
        Response response = Visit.as(CLARISSA).get(Visit.asked("harbour-bank"));

        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self' http://127.0.0.1:")
                .doesNotContain("unsafe");
        assertThat(response.asString()).doesNotContain(" style=", "<style", "onclick", "<script>");
    }

    @Test
    void approvingSendsTheCodeAndOnlyWhatWasTicked() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as(CLARISSA);

        Response response = visit.send(page, page, Map.of("decision", "approve", "share", List.of("noahistory")));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.header("Location")).startsWith(CALLBACK + "?code=");
        String grant = visit.get(newest(visit)).asString();
        assertThat(grant).contains("Income tax assessments").doesNotContain("<li>CPF Ordinary Account balance");
    }

    @Test
    void refusingGrantsNothingAndIsRecorded() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as(KEONG);

        Response response = visit.send(page, page, Map.of("decision", "refuse"));

        assertThat(response.header("Location")).startsWith(CALLBACK + "?error=access_denied");
        assertThat(visit.get(newest(visit)).asString()).contains("You refused");
    }

    @Test
    void aSecondAnswerFindsThePageClosedAndChangesNothing() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as(CLARISSA);
        visit.send(page, page, Map.of("decision", "refuse"));

        Response again = visit.send(page, page, Map.of("decision", "approve"));
        Response back = visit.get(page);

        assertThat(again.statusCode()).isIn(403, 409);
        assertThat(back.statusCode()).isEqualTo(409);
        assertThat(back.asString()).contains("You have refused this");
        assertThat(visit.get(newest(visit)).asString()).contains("You refused").doesNotContain("You approved");
    }

    @Test
    void ofTwoTabsTheFirstAnswerCounts() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as(CLARISSA);
        Map<String, String> left = new HashMap<>(visit.hidden(page));
        Map<String, String> right = new HashMap<>(visit.hidden(page));
        left.put("decision", "approve");
        right.put("decision", "refuse");

        Response approved = visit.post(page, left, Map.of());
        Response refused = visit.post(page, right, Map.of());

        assertThat(approved.header("Location")).startsWith(CALLBACK + "?code=");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(visit.get(newest(visit)).asString()).contains("You approved").doesNotContain("You refused");
    }

    private static String token(Response page) {
        return page.asString().replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
    }

    @Test
    void aRequestThatLapsesWhileThePersonReadsGrantsNothingAndIsRecorded() throws InterruptedException {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as(KEONG);
        String token = token(visit.get(page));
        String grant = visit.activity().getString("[0].grant_id");
        clock.advance(Duration.ofMinutes(16));

        Response late = visit.post(page, Map.of("decision", "approve", "csrf", token), Map.of());

        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.asString())
                .contains("The time to answer is over")
                .contains("href=\"" + CALLBACK + "?error=access_denied");
        assertThat(Visit.as(CLARISSA).get(page).asString())
                .contains("not open")
                .doesNotContain("error=access_denied", "The time to answer is over");
        awaitLapsed(visit, grant);
    }

    /** Nobody has to come by for the entry: the service's own round writes it, every ten seconds. */
    private static void awaitLapsed(Visit visit, String grant) throws InterruptedException {
        String events = "findAll { it.grant_id == '" + grant + "' }.event";
        for (int i = 0; i < 60 && visit.activity().getList(events).size() < 2; i++) {
            Thread.sleep(500);
        }
        assertThat(visit.activity().getList(events)).isEqualTo(List.of("lapsed", "presented"));
    }

    @Test
    void anotherPersonFindsNothingHere() {
        String page = Visit.asked("plain-lender");
        Visit.as(CLARISSA).get(page);

        Response response = Visit.as(KEONG).get(page);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.asString()).contains("somebody else").doesNotContain("CLARISSA");
    }

    @Test
    void aSessionThatEndsMidWayLosesNoChoiceAndGrantsNothing() {
        String page = Visit.asked("harbour-bank");
        Visit visit = Visit.as(CLARISSA);
        visit.get(page);
        visit.loseSession();

        Response lost = visit.post(page, Map.of("decision", "approve", "share", "race"), Map.of());
        visit.signIn(CLARISSA);
        String html = visit.get(page).asString();

        assertThat(lost.header("Location")).endsWith("/sign-in?return_to=" + page);
        assertThat(html).contains("value=\"race\" checked").containsOnlyOnce(" checked");
    }

    @Test
    @Requirement("CX-5")
    void aValueThatCouldNotBeReadIsSaidToBeSoBeforeThePersonDecides() {
        Visit visit = Visit.as(CLARISSA);
        String page = Visit.asked("plain-lender", "openid name dob");
        fault("PUT", "{\"kind\":\"malformed\",\"at\":\"/person/birthDate\",\"value\":\"31-Feb-1998\"}");
        try {
            String html = visit.get(page).asString();

            assertThat(html)
                    .contains("TAN HUI WEN CLARISSA", "What they sent could not be read.", "You can go on")
                    .doesNotContain("31-Feb-1998", "do not answer", "Try again");
        } finally {
            fault("DELETE", "");
        }
    }

    private static void fault(String verb, String body) {
        given().contentType("application/json")
                .body(body)
                .request(verb, "/sandbox/agencies/ica/fault")
                .then()
                .statusCode(204);
    }

    @Test
    void aFormWithoutTheTokenOfItsPageIsRefused() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as(CLARISSA);
        visit.get(page);

        Response without = visit.post(page, Map.of("decision", "approve"), Map.of());
        Response forged = visit.post(page, Map.of("decision", "approve", "csrf", "guess"), Map.of());
        Response foreign = visit.post(
                page,
                Map.of("decision", "approve"),
                Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"));

        assertThat(List.of(without.statusCode(), forged.statusCode(), foreign.statusCode()))
                .containsOnly(403);
        assertThat(without.asString()).contains("csrf_refused");
    }

    @Test
    void aDamagedAddressIsAPageAndNoSecret() {
        Visit visit = Visit.as(CLARISSA);

        assertThat(visit.get("/consent/nonsense").statusCode()).isEqualTo(404);
        assertThat(visit.get("/consent/8a4b5a6e-2f7e-4f5e-9d52-3f1f2b7d0c11").statusCode())
                .isEqualTo(404);
    }

    @Test
    @Requirement("SEC-P18")
    void aNameThatLooksLikeAnothersIsFlaggedAndMarkupInItIsText() throws Exception {
        String lookalike = asksAs("lookalike", "H\u0430rbour Bank");
        String markup = asksAs("markup", "<b>Bold & Co</b>");
        Visit visit = Visit.as(CLARISSA);

        assertThat(visit.get(lookalike).asString()).contains("Look twice");
        assertThat(visit.get(markup).asString())
                .contains("&lt;b&gt;Bold &amp; Co&lt;/b&gt;")
                .doesNotContain("<b>Bold");
        assertThat(visit.get(Visit.asked("harbour-bank")).asString()).doesNotContain("Look twice");
    }

    @Test
    void withdrawingTakesTwoClicksAndRepeatingItChangesNothing() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as("S9160042J");
        visit.send(page, page, Map.of("decision", "approve"));
        String grant = newest(visit);

        Response first = visit.get(grant + "/withdraw");
        Response second = visit.send(grant + "/withdraw", grant + "/withdraw", Map.of());
        Response third = visit.send("/me", grant + "/withdraw", Map.of());

        assertThat(first.asString()).contains("Withdraw now", "cannot be undone");
        assertThat(second.header("Location")).endsWith(grant + "?done=withdrawn");
        assertThat(third.statusCode()).isEqualTo(303);
        assertThat(visit.get(grant).asString()).contains("You withdrew").containsOnlyOnce("You withdrew");
    }

    @Test
    void nobodySeesAnotherPersonsConsent() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as(CLARISSA);
        visit.send(page, page, Map.of("decision", "approve"));
        String grant = newest(visit);

        Visit other = Visit.as(KEONG);

        assertThat(other.get(grant).statusCode()).isEqualTo(404);
        assertThat(other.send("/me", grant + "/withdraw", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void activityIsFilteredByWhatAPersonWantsToSee() {
        String page = Visit.asked("plain-lender");
        Visit visit = Visit.as("T0704418B");
        visit.send(page, page, Map.of("decision", "refuse"));

        assertThat(visit.get("/me/activity").asString()).contains("You refused", "shown to you");
        assertThat(visit.get("/me/activity?kind=answers").asString())
                .contains("You refused")
                .doesNotContain("was shown to you");
        assertThat(visit.get("/me/activity?client=never-asked").asString()).contains("Nothing here");
        assertThat(visit.get("/me/activity?kind=nonsense&client=%3Cb%3E&before=1")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSession() {
        Visit visit = Visit.as(CLARISSA);

        assertThat(visit.post("/sign-out", Map.of(), Map.of()).statusCode()).isEqualTo(403);
        assertThat(visit.send("/me", "/sign-out", Map.of()).statusCode()).isEqualTo(303);
        assertThat(visit.get("/me").statusCode()).isEqualTo(303);
    }

    private String asksAs(String id, String name) throws Exception {
        var keys = new JWKSet(new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                .keyID(id)
                .generate());
        ObjectNode metadata = new ObjectMapper().createObjectNode();
        metadata.put("client_id", id).put("client_name", name).put("legal_name", name + " Ltd");
        metadata.putArray("redirect_uris").add(CALLBACK);
        metadata.put("scope", "openid name").put("purpose", "account_opening");
        metadata.set("jwks", new ObjectMapper().readTree(keys.toString(true)));
        assertThat(clients.register(metadata)).isInstanceOf(RegistrationResult.Registered.class);
        return Visit.asked(id, "openid name", keys, URI.create(CALLBACK));
    }

    /** The page of the consent that the person decided last. */
    private static String newest(Visit visit) {
        return "/me/consents/" + visit.latestGrant();
    }
}

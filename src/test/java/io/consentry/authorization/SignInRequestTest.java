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
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may demand of the sign-in behind its decision (OpenID Connect Core §3.1.2.1). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class SignInRequestTest {

    private static final String FACE = "urn:singpass:authentication:loa:3";
    private static final String TWO_FACTORS = "urn:singpass:authentication:loa:2";
    private static final String KEONG = "S7685213H";

    /** Nobody else's in other tests: what this person is asked lies ahead of their time. */
    private static final String LATER = "S9077348H";

    @Inject
    TestClock clock;

    @Inject
    Clients clients;

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow().asking("openid name");
    }

    // The endpoint

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-POST")
    void aRequestIsOpenedByPostAsByGet() {
        flow.push();

        Answer answer = form("client_id=harbour-bank&request_uri=" + flow.requestUri());

        answer.is(303);
        assertThat(answer.header("Location"))
                .hasValueSatisfying(to -> assertThat(to).startsWith(Service.base() + "/consent/"));
        form("client_id=harbour-bank&state=x&state=y&scope=vehicles&request_uri=" + flow.requestUri())
                .is(303);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|missing_parameter",
                "client_id=harbour-bank|missing_parameter",
                "client_id=harbour-bank&request_uri=urn:x|invalid_request_uri",
                "client_id=harbour-bank&client_id=harbour-bank&request_uri=urn:x|duplicate_parameter",
                "client_id=%zz&request_uri=urn:x|malformed_request",
            })
    @Requirement("OIDC-CORE-3.1.2.1-POST")
    void aFormThatOpensNothingIsAPage(String body, String code) {
        form(body).isErrorPage(400, code);
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-POST")
    void aFormIsNotCompletedByTheQuery() {
        flow.push();

        Call.to("POST", "/fapi/auth?client_id=harbour-bank&request_uri=" + flow.requestUri())
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("")
                .send()
                .isErrorPage(400, "missing_parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /fapi/par, POST",
        "GET, /fapi/token, POST",
        "DELETE, /fapi/auth, GET",
        "DELETE, /fapi/auth, POST",
        "HEAD, /fapi/userinfo, POST",
        "PUT, /api/me/consents, GET",
        "DELETE, /sandbox/sign-in, POST",
    })
    @Requirement("RFC9110-15.5.6")
    void whoeverUsesAWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
        Answer answer = Call.to(method, path).send().is(405);

        assertThat(answer.header("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow.split(", ?")).contains(allowed));
    }

    // prompt

    @ParameterizedTest
    @ValueSource(strings = {"none login", "none consent", "consent none", "create", "nonsense", "LOGIN"})
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT")
    void aPromptThatIsNotOfferedOrContradictsItselfIsRefused(String prompt) {
        flow.par().with("prompt", prompt).send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT-NONE")
    void withoutAPageNobodyDecides() {
        flow.pushed(flow.par().with("prompt", "none"));
        Visitor nobody = new Visitor();

        Map<String, String> answer = nobody.open(flow).returned();

        assertThat(answer)
                .containsOnlyKeys("error", "error_description", "state", "iss")
                .containsEntry("error", "login_required")
                .containsEntry("state", flow.state());
        flow.authorize().send().isErrorPage(400, "invalid_request_uri");
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT-NONE")
    void withoutAPageNotEvenASignedInPersonConsents() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("prompt", "none"));

        assertThat(clarissa.open(flow).returned()).containsEntry("error", "consent_required");

        ClientFlow headless = bank.flow();
        headless.pushed(headless.par().with("prompt", "none"));
        assertThat(headless.redirected(ClientFlow.COMPLETE)).containsEntry("error", "consent_required");
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT-NONE")
    void withoutAPageAStaleSessionIsNone() {
        Visitor clarissa = new Visitor().signIn(LATER);
        clock.advance(Duration.ofMinutes(2));
        flow.pushed(flow.par().with("prompt", "none").with("max_age", "60"));

        assertThat(clarissa.open(flow).returned()).containsEntry("error", "login_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "login consent"})
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT-LOGIN")
    void aPersonWhoIsSignedInSignsInAnewOnceAndNotTwice(String prompt) {
        Visitor clarissa = new Visitor().signIn(LATER);
        flow.pushed(flow.par().with("prompt", prompt));

        assertThat(clarissa.open(flow).asksToSignIn()).isTrue();
        assertThat(clarissa.again().asksToSignIn()).isTrue();
        clarissa.signIn(LATER);
        assertThat(clarissa.again().asksToDecide()).isTrue();
        clock.advance(Duration.ofMinutes(10));
        assertThat(clarissa.again().asksToDecide()).isTrue();
        assertThat(clarissa.approve()).containsKey("code");
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT-LOGIN")
    void aSignInBetweenThePushAndThePageIsFreshEnough() {
        flow.pushed(flow.par().with("prompt", "login"));

        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);

        assertThat(clarissa.open(flow).asksToDecide()).isTrue();
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT-LOGIN")
    void aPageOfAnOldSessionCannotBeSentInItsPlace() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("prompt", "login"));
        clarissa.open(flow);

        assertThat(clarissa.decide("approve").asksToSignIn()).isTrue();
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-PROMPT")
    void askingForConsentIsWhatHappensAnyway() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("prompt", "consent"));

        assertThat(clarissa.open(flow).asksToDecide()).isTrue();
    }

    // max_age

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "x", "1e3", "99999999999", "\u0661"})
    @Requirement("OIDC-CORE-3.1.2.1-MAX-AGE")
    void anAgeThatIsNoneIsRefused(String age) {
        flow.par().with("max_age", age).send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-MAX-AGE")
    void aSessionThatIsTooOldSignsInAnewAndOneThatIsNotGoesOn() {
        Visitor clarissa = new Visitor().signIn(LATER);
        clock.advance(Duration.ofMinutes(5));

        flow.pushed(flow.par().with("max_age", "600"));
        assertThat(clarissa.open(flow).asksToDecide()).isTrue();
        ClientFlow strict = bank.flow();
        strict.pushed(strict.par().with("max_age", "60"));
        assertThat(clarissa.open(strict).asksToSignIn()).isTrue();
        clarissa.signIn(LATER);

        assertThat(clarissa.again().asksToDecide()).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(clarissa.again().asksToDecide()).isTrue();
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-MAX-AGE")
    void anAgeOfZeroIsAFreshSignInAndNoLoop() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("max_age", "0"));

        assertThat(clarissa.open(flow).asksToSignIn()).isTrue();
        clarissa.signIn(ClientFlow.COMPLETE);
        assertThat(clarissa.again().asksToDecide()).isTrue();
        long before = TestClock.now().getEpochSecond();
        flow.code(clarissa.approve().get("code")).redeem();

        assertThat(claims(flow).path("auth_time").asLong()).isBetween(before - 60, before + 1);
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-MAX-AGE")
    void aRegisteredAgeCountsWhereTheRequestNamesNone() {
        TestClient strict = TestClient.registered(clients, metadata -> metadata.put("default_max_age", 60));
        Visitor clarissa = new Visitor().signIn(LATER);
        clock.advance(Duration.ofMinutes(2));

        assertThat(clarissa.open(strict.flow().push()).asksToSignIn()).isTrue();
        ClientFlow lenient = strict.flow();
        lenient.pushed(lenient.par().with("max_age", "600"));
        assertThat(clarissa.open(lenient).asksToDecide()).isTrue();
    }

    // acr_values

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:singpass:authentication:loa:1", "loa:2", TWO_FACTORS + " 1", "urn:mace:incommon:iap:silver"
            })
    @Requirement("SINGPASS-PAR-ACR")
    void aLevelThatIsNotRegisteredIsRefused(String acr) {
        flow.par().with("acr_values", acr).send().isRefused(400, "invalid_request", "unregistered_acr");
    }

    @Test
    @Requirement("SINGPASS-PAR-ACR")
    void aClientThatIsNotRegisteredForLevelsAsksForNone() {
        ClientFlow lender = TestClient.ready("plain-lender").flow();

        lender.par().with("acr_values", TWO_FACTORS).send().isRefused(400, "invalid_request", "unregistered_acr");
    }

    @Test
    @Requirement("SINGPASS-PAR-ACR")
    void whoeverIsNotKnownSurelyEnoughSignsInAnew() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("acr_values", FACE));

        assertThat(clarissa.open(flow).asksToSignIn()).isTrue();
        assertThat(clarissa.signInPage()).contains("Harbour Bank asks for it");
        clarissa.signInWithFace(ClientFlow.COMPLETE);
        assertThat(clarissa.again().asksToDecide()).isTrue();
        flow.code(clarissa.approve().get("code")).redeem();

        JsonNode claims = claims(flow);
        assertThat(claims.path("acr").asText()).isEqualTo(FACE);
        assertThat(claims.path("amr")).extracting(JsonNode::asText).containsExactly("sandbox", "face");
    }

    @Test
    @Requirement("SINGPASS-PAR-ACR")
    void aSignInThatFallsShortEndsTheRequest() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("acr_values", FACE));
        clarissa.open(flow);
        assertThat(clarissa.signInAnswer().header("Content-Security-Policy"))
                .as("browsers hold the whole way from the form to the client against it")
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("form-action 'self' "
                                + URI.create(bank.redirectUri())
                                        .resolve("/")
                                        .toString()
                                        .replaceFirst("/$", "")));

        clarissa.signIn(ClientFlow.COMPLETE);

        assertThat(clarissa.again().returned())
                .containsEntry("error", "unmet_authentication_requirements")
                .containsEntry("state", flow.state());
        assertThat(clarissa.again().returned())
                .as("whoever comes back is sent on, in the same way")
                .containsEntry("error", "unmet_authentication_requirements");
    }

    @Test
    @Requirement("SINGPASS-PAR-ACR")
    void anyOfTheLevelsAskedForWillDoAndIsTold() {
        Visitor clarissa = new Visitor().signIn(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("acr_values", FACE + " " + TWO_FACTORS));

        assertThat(clarissa.open(flow).asksToDecide()).isTrue();
        flow.code(clarissa.approve().get("code")).redeem();

        assertThat(claims(flow).path("acr").asText()).isEqualTo(TWO_FACTORS);
    }

    @Test
    @Requirement("SINGPASS-PAR-ACR")
    void aSurerSignInThanAskedForIsToldAsWhatWasAskedFor() {
        Visitor clarissa = new Visitor().signInWithFace(ClientFlow.COMPLETE);
        flow.pushed(flow.par().with("acr_values", TWO_FACTORS));
        clarissa.open(flow);

        flow.code(clarissa.approve().get("code")).redeem();

        assertThat(claims(flow).path("acr").asText()).isEqualTo(TWO_FACTORS);
    }

    @Test
    @Requirement("SINGPASS-PAR-ACR")
    @Requirement("CX-SBX-1")
    void aDecisionWithoutABrowserReachesTheLevelAskedFor() {
        flow.pushed(flow.par().with("acr_values", FACE));

        flow.approve(ClientFlow.COMPLETE);
        flow.redeem();

        assertThat(claims(flow).path("acr").asText()).isEqualTo(FACE);
    }

    @Test
    @Requirement("OIDC-CORE-2")
    void nobodyIsToldALevelWhoDidNotAsk() {
        flow.untilToken(ClientFlow.COMPLETE);

        assertThat(claims(flow).has("acr")).isFalse();
        assertThat(claims(flow).has("sub_type")).isFalse();
    }

    // login_hint, ui_locales and what is ignored

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-LOGIN-HINT")
    void whoeverIsHintedAtThePushAnswersTheSame() {
        for (String hint : new String[] {
            ClientFlow.COMPLETE, KEONG, "S7000007E", "S1234567X", "clarissa@example.com", "x".repeat(9000)
        }) {
            Answer answer = flow.par().with("login_hint", hint).send().is(201);

            assertThat(answer.json().properties()).hasSize(2);
        }
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-LOGIN-HINT")
    void aHintIsKeptAsAKeyedHashOrNotAtAll() throws Exception {
        flow.pushed(flow.par().with("login_hint", " s9812381d "));
        assertThat(row("hint is not null and octet_length(hint) = 32", flow)).isTrue();

        flow.pushed(flow.par().with("login_hint", "clarissa@example.com"));
        assertThat(row("hint is null", flow)).isTrue();
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-LOGIN-HINT")
    void anotherPersonThanTheHintedOneIsAskedOnceAndMayGoOn() {
        Visitor keong = new Visitor().signIn(KEONG);
        flow.pushed(flow.par().with("login_hint", ClientFlow.COMPLETE));

        assertThat(keong.open(flow).asksToSignIn()).isTrue();
        assertThat(keong.signInPage()).doesNotContain("value=\"" + ClientFlow.COMPLETE + "\" checked");
        keong.signIn(KEONG);
        assertThat(keong.again().asksToDecide()).isTrue();

        ClientFlow hinted = bank.flow();
        hinted.pushed(hinted.par().with("login_hint", KEONG));
        assertThat(keong.open(hinted).asksToDecide()).isTrue();
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-LOGIN-HINT")
    void aClientCannotTryOutWhoIsThere() {
        Visitor keong = new Visitor().signIn(KEONG);
        for (String hint : new String[] {KEONG, ClientFlow.COMPLETE}) {
            ClientFlow silent = bank.flow();
            silent.pushed(silent.par().with("login_hint", hint).with("prompt", "none"));

            assertThat(keong.open(silent).returned()).containsEntry("error", "consent_required");
        }
    }

    @ParameterizedTest
    @CsvSource({"ta en, ta", "fr-CA zh-Hans-SG en, zh", "EN-GB, en", "fr, ''", "'- -- 12345678901234567890 _', ''"})
    @Requirement("OIDC-CORE-3.1.2.1-UI-LOCALES")
    void theBestLanguageIsRememberedAndNoTagIsAnError(String locales, String kept) throws Exception {
        flow.pushed(flow.par().with("ui_locales", locales));

        assertThat(row("coalesce(ui_locale, '') = '" + kept + "'", flow)).isTrue();
    }

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-IGNORED")
    void whatIsIgnoredChangesNothing() {
        flow.pushed(flow.par()
                .with("display", "popup")
                .with("id_token_hint", "not.a.token")
                .with("claims_locales", "fr"));

        flow.approve(ClientFlow.COMPLETE);
    }

    // Plain OAuth

    @Test
    @Requirement("OIDC-CORE-3.1.2.1-OPENID")
    void withoutOpenidThereIsNeitherNonceNorClaimsNorIdToken() {
        ClientFlow plain = bank.flow().asking("name");
        plain.pushed(plain.par().with("claims", "not json").with("acr_values", TWO_FACTORS));
        plain.approve(ClientFlow.COMPLETE);

        assertThat(plain.redeem().json().has("id_token")).isFalse();
        assertThat(plain.fetch().outcomes()).containsOnlyKeys("name");
    }

    private static Answer form(String body) {
        return Call.to("POST", "/fapi/auth")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body)
                .send();
    }

    private JsonNode claims(ClientFlow of) {
        return ReceivedRecord.claimsOf(of.idToken(), of.client());
    }

    /** Whether the row of a pushed request fits a condition, by the database itself. */
    private static boolean row(String condition, ClientFlow of) throws Exception {
        String handle = URI.create(of.requestUri()).toString().replaceFirst(".*:", "");
        try (var database = TestDatabase.asOwner();
                var statement = database.prepareStatement("select count(*) from authorization_request"
                        + " where request_uri_hash = sha256(convert_to(?, 'UTF8')) and " + condition)) {
            statement.setString(1, handle);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getLong(1) == 1;
            }
        }
    }
}

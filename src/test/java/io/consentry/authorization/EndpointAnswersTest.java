package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Browser;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the answers of every protocol endpoint: nothing is kept, errors are in RFC 6749's characters, no CORS. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class EndpointAnswersTest {

    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        flow = TestClient.ready("harbour-bank").flow().asking("openid name email");
    }

    @Test
    @Requirement("RFC6749-5.1")
    @Requirement("RFC9126-2.2")
    void nothingThatHoldsASecretOrAPersonIsKept() {
        Map<String, Supplier<Answer>> answers = new LinkedHashMap<>();
        answers.put("PAR", () -> flow.par().send());
        answers.put("a refusal of PAR", () -> flow.par().with("scope", "x").send());
        answers.put("the redirect to the page", () -> flow.push().authorize().send());
        answers.put(
                "a decision",
                () -> flow.decision(ClientFlow.COMPLETE, "approve").send());
        answers.put("a refusal of the token endpoint", () -> flow.token().send());
        answers.put("tokens", () -> {
            flow.push().approve(ClientFlow.COMPLETE);
            return flow.redeem();
        });
        answers.put("the record", () -> flow.userinfo().send());
        answers.put("a refusal of the record", () -> flow.userinfo().proofs().send());
        answers.put("a revocation", () -> flow.revocation().send());

        answers.forEach((what, answer) ->
                assertThat(answer.get().header("Cache-Control")).as(what).hasValue("no-store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\\", "ü", "💩", "<b>", "%22", "\u202E", "x\u00a0y"})
    @Requirement("RFC6749-5.2")
    void anErrorIsWrittenInTheCharactersOfTheStandardWhateverCame(String odd) {
        for (String parameter : List.of("scope", "response_type", "redirect_uri", "response_mode", "code_challenge")) {
            Answer answer = flow.par().with(parameter, odd).send().is(400);

            assertThat(answer.text("error")).matches("[a-z_]+");
            assertThat(answer.text("error_description")).matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        }
        Answer challenge = flow.userinfo("x")
                .header("Authorization", "DPoP " + odd.replaceAll("[^\\x20-\\x7E]", "~"))
                .send()
                .is(401);
        assertThat(challenge.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).matches("[\\x20-\\x7E]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/par", "/fapi/token", "/fapi/revoke"})
    @Requirement("RFC9126-2.3")
    @Requirement("RFC6749-3.2")
    void anEndpointOfClientsTakesAFormByPostAndNothingElse(String path) {
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
            Call.to(method, path).send().isRefused(405, "invalid_request", "method_not_allowed");
        }
        Call.json("POST", path, "{}").send().isRefused(415, "invalid_request", "unsupported_content_type");
        Call.to("POST", path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("a=" + "x".repeat(70_000))
                .send()
                .isRefused(413, "invalid_request", "body_too_large");
    }

    private Call valid(String path) {
        return switch (path) {
            case "/fapi/par" -> flow.par();
            case "/fapi/token" -> flow.token().with("code", "x");
            default -> flow.revocation().with("token", "x");
        };
    }

    private static Call form(String path, String body) {
        return Call.to("POST", path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/par", "/fapi/token", "/fapi/revoke"})
    @Requirement("RFC6749-3.1")
    @Requirement("RFC6749-10.14")
    void noFormIsGuessedAt(String path) {
        for (String broken : List.of(
                "%00",
                "a%00b",
                "%ED%A0%80",
                "%ED%B0%80",
                "%C0%80",
                "%C0%AF",
                "%F8%88%80%80%80",
                "%FF",
                "%E2%82",
                "%",
                "%4",
                "%zz",
                "%u0041",
                "%0D%0A")) {
            for (String parameter : List.of("extra=" + broken, broken + "=extra")) {
                form(path, valid(path).encodedForm() + "&" + parameter)
                        .send()
                        .isRefused(400, "invalid_request", "malformed_request");
            }
        }
        for (String twice : List.of("client_assertion", "client_assertion_type", "extra")) {
            form(path, valid(path).encodedForm() + "&" + twice + "=a&" + twice + "=b")
                    .send()
                    .isRefused(400, "invalid_request", "duplicate_parameter");
        }
        valid(path).with("extra", "x".repeat(20_000)).send().isRefused(400, "invalid_request", "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFharbour-bank",
                "h\u0430rbour-bank",
                "ｈarbour-bank",
                "harbour-bank\u200B",
                "harbour\u00ADbank"
            })
    @Requirement("RFC6749-10.14")
    void whatOnlyLooksLikeAClientIsNone(String lookalike) {
        flow.par().with("client_id", lookalike).send().isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.par()
                .assertion(jwt -> jwt.claim("iss", lookalike).claim("sub", lookalike))
                .send()
                .is(401);
        Call.to(
                        "GET",
                        "/fapi/auth?client_id=" + URLEncoder.encode(lookalike, StandardCharsets.UTF_8) + "&request_uri="
                                + flow.push().requestUri())
                .header("Accept", "text/html")
                .send()
                .isErrorPage(400, "invalid_request_uri");
        Call.json("POST", "/sandbox/sign-in", "{\"uinfin\":\"" + "\uFF33" + "9812381D\"}")
                .send()
                .isProblem(404, "unknown_person");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/auth", "/fapi/par", "/fapi/token", "/fapi/userinfo", "/fapi/revoke", "/consent/x"})
    @Requirement("FAPI2-SP-5.2.3-3")
    void noOtherSiteMayReadAnAnswer(String path) {
        for (String method : List.of("GET", "OPTIONS", "POST")) {
            Answer answer = Call.to(method, path)
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "DPoP, Authorization")
                    .send();

            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        }
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.2-10")
    @Requirement("FAPI2-SP-5.3.2.2-11")
    @Requirement("RFC9700-4.12")
    void aBrowserIsSentOnByA303WhichCarriesNoFormAlong() {
        flow.push().authorize().send().is(303);

        String page = Browser.follow(flow.authorize());

        assertThat(Browser.of(ClientFlow.COMPLETE).approve(page).toString()).startsWith(flow.redirectUri());
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.2-13")
    void aPersonIsToldWhoAsksForWhatBeforeTheyDecide() {
        String page = Browser.follow(flow.push().authorize());

        String shown = Browser.of(ClientFlow.COMPLETE).look(page).asString();

        assertThat(shown).contains("Harbour Bank", "Harbour Bank (Singapore) Limited", "TAN HUI WEN CLARISSA");
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.1-14")
    @Requirement("RFC6749-3.3")
    void aTokenIsForWhatWasGrantedAndSaysSo() {
        ClientFlow some = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name race")
                .push();
        some.approve(ClientFlow.COMPLETE, "race");

        Answer answer = some.redeem();

        assertThat(answer.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "name");
        assertThat(some.fetch().personInfo().has("race")).isFalse();
    }

    @Test
    @Requirement("RFC9110-11.6.1")
    @Requirement("RFC6750-3")
    void aResourceThatRefusesATokenSaysHowToAsk() {
        flow.untilToken(ClientFlow.COMPLETE);

        for (Call refused : List.of(
                flow.userinfo().withoutHeader("Authorization"),
                flow.userinfo().proofs(),
                flow.userinfo().header("Authorization", "DPoP x"),
                flow.userinfo().header("Authorization", "Bearer " + flow.accessToken()))) {
            assertThat(refused.send().is(401).header("WWW-Authenticate"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("DPoP "));
        }
    }

    @Test
    @Requirement("RFC6750-2.2")
    @Requirement("RFC6750-2.3")
    void aTokenAnywhereButInTheHeaderIsNotTaken() {
        flow.untilToken(ClientFlow.COMPLETE);

        Call inBody = flow.userinfo()
                .method("POST")
                .proofs(flow.resourceProof("POST"))
                .withoutHeader("Authorization")
                .with("access_token", flow.accessToken());
        Call inQuery = flow.userinfo().withoutHeader("Authorization").appending("?access_token=" + flow.accessToken());

        inBody.send().isRefused(401, "invalid_token", "missing_access_token");
        inQuery.send().isRefused(400, "invalid_request", "malformed_request");
    }

    @Test
    @Requirement("RFC9700-4.8.2")
    void aVerifierDoesNotHelpARequestThatHadNoChallengeAndAChallengeIsNotForgotten() {
        flow.par()
                .without("code_challenge")
                .without("code_challenge_method")
                .send()
                .isRefused(400, "invalid_request", "missing_pkce");
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token().without("code_verifier").send().isRefused(400, "invalid_grant", "invalid_code_verifier");
        flow.token().with("code_verifier", "").send().isRefused(400, "invalid_grant", "invalid_code_verifier");

        flow.redeem();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 42, 129, 5000})
    @Requirement("RFC7636-4.1")
    void aVerifierHasTheLengthOfOne(int length) {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token()
                .with("code_verifier", "a".repeat(length))
                .send()
                .isRefused(400, "invalid_grant", "invalid_code_verifier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/introspect", "/fapi/introspection", "/fapi/token/introspect", "/fapi/token_info"})
    @Requirement("SEC-P15")
    void nobodyIsToldAnythingAboutAToken(String path) {
        flow.untilToken(ClientFlow.COMPLETE);

        Call.to("POST", path).with("token", flow.accessToken()).send().isRefused(404, "invalid_request", "not_found");
        assertThat(Call.to("GET", "/fapi/.well-known/openid-configuration")
                        .send()
                        .json()
                        .has("introspection_endpoint"))
                .isFalse();
    }
}

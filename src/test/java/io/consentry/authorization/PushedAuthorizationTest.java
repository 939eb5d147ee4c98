package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be pushed (RFC 9126), and that nothing else may. Who pushes is in {@link ClientAssertionTest}. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class PushedAuthorizationTest {

    private static final String CALLBACK = "http://localhost:3000/callback";

    @Inject
    Clients clients;

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow();
    }

    @Test
    @Requirement("RFC9126-2.2")
    @Requirement("FAPI2-SP-5.3.2.2-2")
    @Requirement("FAPI2-SP-5.3.2.2-12")
    void aPushedRequestIsAnsweredWithItsAddressAndLifetime() {
        Answer answer = flow.par().send();

        answer.is(201);
        assertThat(answer.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("request_uri", "expires_in");
        assertThat(answer.json().path("expires_in").asInt()).isBetween(5, 599);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
    }

    @Test
    @Requirement("RFC9126-2.2")
    @Requirement("FAPI2-SP-5.4.1-4")
    @Requirement("RFC9126-7.1")
    void aRequestUriCannotBeGuessed() {
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            String requestUri = flow.push().requestUri();
            assertThat(requestUri).startsWith("urn:ietf:params:oauth:request_uri:0.");
            String handle = requestUri.substring("urn:ietf:params:oauth:request_uri:0.".length());
            assertThat(Base64.getUrlDecoder().decode(handle)).hasSizeGreaterThanOrEqualTo(16);
            seen.add(handle);
        }

        assertThat(seen).hasSize(20);
    }

    @ParameterizedTest
    @Requirement("RFC9126-2.1")
    @CsvSource({
        "client_id, missing_parameter",
        "response_type, missing_parameter",
        "redirect_uri, missing_parameter",
        "scope, missing_parameter",
    })
    @Requirement("FAPI2-SP-5.3.2.2-6")
    @Requirement("RFC9126-2.3")
    void aMissingParameterIsNamed(String parameter, String code) {
        Answer answer = flow.par().without(parameter).send();

        answer.isRefused(400, "invalid_request", code);
        assertThat(answer.text("error_description")).contains(parameter);
        assertThat(answer.text("expected")).contains(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202Egnp.exe",
                "𝕊𝕥𝕒𝕥𝕖",
                "சுவை",
                "e\u0301",
                "\uFEFFbom",
                "a+b%2B c&d=e;f",
                "{id}",
                "\"<script>\\"
            })
    @Requirement("RFC6749-4.1.1")
    void aStateComesBackToTheLetter(String state) {
        flow.pushed(flow.par().with("state", state));

        assertThat(flow.approve(ClientFlow.COMPLETE)).containsEntry("state", state);
    }

    @Test
    void aStateOfTwoThousandCharactersIsReturnedWholeAndALongerOneRefused() {
        flow.pushed(flow.par().with("state", "s".repeat(2000)));

        assertThat(flow.approve(ClientFlow.COMPLETE)).containsEntry("state", "s".repeat(2000));
        flow.par().with("state", "s".repeat(2049)).send().isRefused(400, "invalid_request", "invalid_parameter");
        flow.par().with("nonce", "n".repeat(2049)).send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/callback",
                CALLBACK + "/",
                CALLBACK + "?x=1",
                CALLBACK + "#top",
                "http://LOCALHOST:3000/callback",
                "http://localhost:3001/callback",
                "http://localhost:3000/call%62ack",
                "http://localhost:3000/./callback",
                "http://localhost:3000\\callback",
                "http://localhost:3000@evil.example/callback",
                "javascript:alert(1)",
                " " + CALLBACK,
            })
    @Requirement("RFC9700-2.1")
    @Requirement("RFC9126-2.4")
    @Requirement("RFC6749-3.1.2.3")
    void aRedirectUriIsRegisteredToTheLetter(String uri) {
        flow.par().with("redirect_uri", uri).send().isRefused(400, "invalid_request", "unregistered_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "code id_token", "id_token", "code token", "none", "CODE", "code "})
    @Requirement("FAPI2-SP-5.3.2.2-1")
    @Requirement("RFC6749-3.1.1")
    @Requirement("RFC9700-2.1.2")
    void onlyTheCodeFlowIsThere(String type) {
        flow.par()
                .with("response_type", type)
                .send()
                .isRefused(400, "unsupported_response_type", "unsupported_response_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fragment", "form_post", "query.jwt", "jwt"})
    void anotherResponseModeIsRefused(String mode) {
        flow.par().with("response_mode", mode).send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("RFC7636-4.3")
    @Requirement("FAPI2-SP-5.3.2.2-5")
    @Requirement("RFC7636-4.4.1")
    void aChallengeIsRequired() {
        flow.par().without("code_challenge").send().isRefused(400, "invalid_request", "missing_pkce");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "s256", "S512", "none"})
    @Requirement("RFC7636-4.3")
    void onlyS256IsAccepted(String method) {
        flow.par()
                .with("code_challenge_method", method)
                .send()
                .isRefused(400, "invalid_request", "unsupported_pkce_method");
    }

    @Test
    @Requirement("RFC7636-4.3")
    void aChallengeWithoutMethodWouldBePlainAndIsRefused() {
        flow.par().without("code_challenge_method").send().isRefused(400, "invalid_request", "unsupported_pkce_method");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMx",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"
            })
    @Requirement("RFC7636-4.3")
    @Requirement("RFC7636-4.2")
    void aChallengeHasTheFormOfAHash(String challenge) {
        flow.par().with("code_challenge", challenge).send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("RFC9126-2.1")
    void aRequestUriCannotBePushed() {
        String other = flow.push().requestUri();

        flow.par().with("request_uri", other).send().isRefused(400, "invalid_request", "request_uri_not_allowed");
    }

    @Test
    void aRequestObjectIsNotSupported() {
        flow.par()
                .with("request", bank.assertion().build())
                .send()
                .isRefused(400, "request_not_supported", "request_object_not_supported");
    }

    @Test
    @Requirement("RFC9449-10")
    void aThumbprintOtherThanTheProofsIsRefused() {
        String other = bank.flow().thumbprint();

        flow.par().with("dpop_jkt", other).send().isRefused(400, "invalid_dpop_proof", "dpop_key_mismatch");
    }

    @Test
    @Requirement("RFC9449-10")
    void aThumbprintThatIsNoneIsRefused() {
        flow.par().proofs().with("dpop_jkt", "abc").send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("RFC9449-10")
    void aRequestMayBeBoundByProofOrThumbprintOrBothOrNeither() {
        flow.par().proofs().send().is(201);
        flow.par().with("dpop_jkt", flow.thumbprint()).send().is(201);
        flow.par().proofs().with("dpop_jkt", flow.thumbprint()).send().is(201);
    }

    @Test
    void whatWasRefusedLeavesNothingBehind() throws Exception {
        long before = requests();

        flow.par().with("scope", "shoesize").send().is(400);
        flow.par().with("redirect_uri", "https://evil.example/").send().is(400);
        flow.par().assertion(jwt -> jwt.forged()).send().is(401);

        assertThat(requests()).isEqualTo(before);
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.1-3")
    void aSuspendedClientIsRefusedOnItsNextCall() {
        TestClient suspended = TestClient.registered(clients, metadata -> {});
        suspended.flow().par().send().is(201);

        clients.suspend(new ClientId(suspended.id()));

        suspended.flow().par().send().isRefused(401, "invalid_client", "client_suspended");
    }

    @Test
    void aRefusalSaysWhatWasExpectedAndWhatCame() {
        Answer answer = flow.par().with("response_type", "token").send();

        assertThat(answer.text("expected")).isEqualTo("code");
        assertThat(answer.text("received")).isEqualTo("token");
        assertThat(answer.header("X-Trace-Id")).hasValue(answer.text("trace_id"));
        assertThat(Service.issuer()).endsWith("/fapi");
    }

    private static long requests() throws SQLException {
        try (var database = TestDatabase.asOwner();
                var statement = database.createStatement();
                var result = statement.executeQuery(
                        "select (select count(*) from authorization_request) + (select count(*) from consent)")) {
            result.next();
            return result.getLong(1);
        }
    }
}

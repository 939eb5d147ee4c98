package io.consentry.certification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Browser;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules about the authorization request, its answer, and the ID token that follows from it. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class AuthorizationModulesTest {

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    private Plan plan;
    private ClientFlow flow;

    @BeforeEach
    void register() {
        plan = Plan.es256(clients);
        flow = plan.flow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256"})
    @Requirement("FAPI2-CERT-2")
    void happyFlow(String algorithm) {
        Plan both = algorithm.equals("ES256") ? plan : Plan.ps256(clients);
        ClientFlow one = Plan.untilToken(Plan.flow(both.first()));
        ClientFlow other = Plan.flow(both.second());
        Plan.push(other);
        Expectations.approved(other, other.returned(Plan.approve(Plan.authorizationInReverse(other))), other.state());
        Expectations.redeemed(other, other.redeem());

        for (String accept : List.of(
                "application/json",
                "application/json;charset=utf-8",
                "application/json, application/jwt, */*;q=0.8",
                "*/*")) {
            Expectations.resource(one.userinfo()
                    .header("Accept", accept)
                    .header("x-fapi-customer-ip-address", "2001:db8::1893:25c8:1946")
                    .send());
        }
        Expectations.resource(other.userinfo().send());

        Call swapped = one.userinfo().header("Authorization", "DPoP " + other.accessToken());
        assertThat(swapped.send().status()).isBetween(400, 499);
        Call inQuery = one.userinfo().withoutHeader("Authorization").appending("?access_token=" + one.accessToken());
        assertThat(inQuery.send().status()).isBetween(400, 499);
    }

    @Test
    @Requirement("FAPI2-CERT-2")
    void anInteractionIdComesBackUnchanged() {
        Plan.untilToken(flow);
        String id = "9a2d4f0e-4a0f-4d3c-8a05-3a2d8a1f5f10";

        Answer answer = flow.userinfo().header("x-fapi-interaction-id", id).send();

        Expectations.resource(answer);
        assertThat(answer.header("x-fapi-interaction-id")).hasValue(id);
    }

    @Test
    @Requirement("FAPI2-CERT-3")
    void userRejectsAuthentication() {
        for (ClientFlow one : List.of(flow, Plan.flow(plan.second()))) {
            Plan.push(one);
            String page = Browser.follow(Plan.authorization(one));

            URI back = Browser.of(Plan.PERSON).refuse(page);

            assertThat(back.toString()).startsWith(one.redirectUri());
            Expectations.refused(one, ClientFlow.query(back), "access_denied");
        }
    }

    @Test
    @Requirement("FAPI2-CERT-4")
    void ensureAuthorizationRequestWithoutStateSuccess() {
        Plan.push(flow, flow.par().without("state"));

        Expectations.withoutState(flow, flow.returned(Plan.approve(Plan.authorization(flow))));

        Expectations.redeemed(flow, flow.redeem());
    }

    @Test
    @Requirement("FAPI2-CERT-5")
    void ensureAuthorizationRequestWithoutNonceSuccess() {
        Plan.untilCode(flow, flow.par().without("nonce"));
        flow.redeem();

        assertThat(Expectations.idToken(flow).has("nonce")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 384})
    @Requirement("FAPI2-CERT-6")
    @Requirement("FAPI2-CERT-20")
    void ensureAuthorizationRequestWithALongNonceReturnsItWhole(int length) {
        String nonce = "n1".repeat(length / 2);
        Plan.untilCode(flow, flow.par().with("nonce", nonce));
        flow.redeem();

        assertThat(Expectations.idToken(flow).path("nonce").asText()).isEqualTo(nonce);
    }

    @Test
    @Requirement("FAPI2-CERT-7")
    void ensureOtherScopeOrderSucceeds() {
        List<String> scopes = new ArrayList<>(List.of(plan.first().scope().split(" ")));
        Collections.reverse(scopes);
        Plan.untilCode(flow, flow.par().with("scope", String.join(" ", scopes)));

        Expectations.redeemed(flow, flow.redeem());

        Expectations.resource(flow.userinfo().send());
    }

    @Test
    @Requirement("FAPI2-CERT-8")
    void testClaimsParameterIdentityClaims() throws Exception {
        JsonNode supported = Call.to("GET", "/fapi/.well-known/openid-configuration")
                .send()
                .json()
                .path("claims_supported");
        var mapper = new ObjectMapper();
        var wanted = mapper.createObjectNode();
        supported.forEach(claim -> wanted.putNull(claim.asText()));
        wanted.putNull("shoe_size_that_no_server_knows");
        String claims = mapper.writeValueAsString(Map.of("userinfo", wanted));

        Plan.untilCode(flow, flow.par().with("claims", claims));
        Expectations.redeemed(flow, flow.redeem());
        Answer answer = flow.userinfo().send();

        Expectations.resource(answer);
        assertThat(answer.text("sub"))
                .isEqualTo(Expectations.idToken(flow).path("sub").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "state"})
    @Requirement("FAPI2-CERT-18")
    @Requirement("FAPI2-CERT-19")
    void ensureDifferentNonceOrStateOutsideTheRequestIsIgnored(String parameter) {
        Plan.push(flow);

        Map<String, String> answer =
                flow.returned(Plan.approve(Plan.authorization(flow).appending("&" + parameter + "=outside")));

        Expectations.approved(flow, answer, flow.state());
        flow.redeem();
        assertThat(Expectations.idToken(flow).path("nonce").asText()).isEqualTo(flow.nonce());
    }

    @Test
    @Requirement("FAPI2-CERT-21")
    void ensureAuthorizationRequestWithLongStateReturnsItWhole() {
        String state = "0123456789".repeat(100);
        Plan.push(flow, flow.par().with("state", state));

        Expectations.approved(flow, flow.returned(Plan.approve(Plan.authorization(flow))), state);
    }

    @Test
    @Requirement("FAPI2-CERT-22")
    void stateOnlyOutsideRequestIsNotUsed() {
        Plan.push(flow, flow.par().without("state"));

        Map<String, String> answer =
                flow.returned(Plan.approve(Plan.authorization(flow).appending("&state=outside")));

        Expectations.withoutState(flow, answer);
    }

    @Test
    @Requirement("FAPI2-CERT-23")
    @Requirement("FAPI2-CERT-26")
    void ensureARequestWithoutRedirectUriFails() {
        Expectations.error(flow.par().without("redirect_uri").send(), List.of(400), "invalid_request");
    }

    @Test
    @Requirement("FAPI2-CERT-24")
    void anUnregisteredRedirectUriIsRefusedWhenItIsPushed() {
        Expectations.error(
                flow.par().with("redirect_uri", flow.redirectUri() + "/random").send(),
                List.of(400),
                "invalid_request");
    }

    @Test
    @Requirement("FAPI2-CERT-25")
    void ensureAnUnsignedAuthorizationRequestWithoutUsingParFails() {
        String query = "?client_id=" + plan.first().id() + "&response_type=code&scope=openid%20name&state=x&nonce=y"
                + "&redirect_uri=" + URLEncoder.encode(flow.redirectUri(), StandardCharsets.UTF_8)
                + "&code_challenge=" + flow.challenge() + "&code_challenge_method=S256";

        Call.to("GET", "/fapi/auth" + query)
                .header("Accept", "text/html")
                .send()
                .isErrorPage(400, "missing_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code id_token", "token"})
    @Requirement("FAPI2-CERT-27")
    @Requirement("FAPI2-CERT-28")
    void ensureResponseTypeOtherThanCodeFails(String type) {
        Expectations.error(
                flow.par().with("response_type", type).send(),
                List.of(400),
                "unsupported_response_type",
                "invalid_request",
                "unauthorized_client");
    }

    @Test
    @Requirement("FAPI2-CERT-41")
    void parEnsureAReusedRequestUriPriorToAuthCompletionSucceeds() {
        Plan.push(flow);
        Browser.follow(Plan.authorization(flow));

        URI back = Plan.approve(Plan.authorization(flow));

        Expectations.approved(flow, flow.returned(back), flow.state());
        Expectations.redeemed(flow, flow.redeem());
    }

    @Test
    @Requirement("FAPI2-CERT-42")
    void parAttemptReuseRequestUri() {
        Plan.untilToken(flow);

        Plan.authorization(flow).send().isErrorPage(400, "invalid_request_uri");
    }

    @Test
    @Requirement("FAPI2-CERT-43")
    void parAttemptToUseExpiredRequestUri() {
        int lifetime = flow.par().send().is(201).json().path("expires_in").asInt();
        Plan.push(flow);

        clock.advance(Duration.ofSeconds(lifetime));

        Plan.authorization(flow).send().isErrorPage(400, "invalid_request_uri");
    }

    @Test
    @Requirement("FAPI2-CERT-46")
    void parAttemptToUseRequestUriForDifferentClient() {
        Plan.push(flow);

        Call.to("GET", "/fapi/auth?client_id=" + plan.second().id() + "&request_uri=" + flow.requestUri())
                .header("Accept", "text/html")
                .send()
                .isErrorPage(400, "invalid_request_uri");
    }

    @Test
    @Requirement("FAPI2-CERT-47")
    void parAuthorizationRequestContainingRequestUriFormParam() {
        Expectations.error(
                flow.par()
                        .with("request_uri", Service.issuer() + "/request.jwt")
                        .send(),
                List.of(400),
                "invalid_request",
                "invalid_request_object",
                "request_uri_not_supported");
    }

    @Test
    @Requirement("FAPI2-CERT-48")
    void parAttemptInvalidHttpMethod() {
        assertThat(flow.par().method("PUT").send().status()).isBetween(400, 499);
    }

    @Test
    @Requirement("FAPI2-CERT-49")
    void parEnsurePkceRequired() {
        Expectations.error(
                flow.par()
                        .without("code_challenge")
                        .without("code_challenge_method")
                        .send(),
                List.of(400),
                "invalid_request");
    }

    @Test
    @Requirement("FAPI2-CERT-52")
    void parPlainPkceRejected() {
        Expectations.error(
                flow.par()
                        .with("code_challenge_method", "plain")
                        .with("code_challenge", flow.verifier())
                        .send(),
                List.of(400),
                "invalid_request");
    }

    @Test
    @Requirement("FAPI2-CERT-53")
    void parWithoutDuplicateParameters() {
        Plan.push(flow);

        Expectations.approved(flow, flow.returned(Plan.approve(flow.authorize())), flow.state());

        Expectations.redeemed(flow, flow.redeem());
    }
}

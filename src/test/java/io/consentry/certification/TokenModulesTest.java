package io.consentry.certification;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Modules about who redeems a code, with what, and when. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class TokenModulesTest {

    private static final List<Integer> EITHER = List.of(400, 401);

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

    @Test
    @Requirement("FAPI2-CERT-29")
    void ensureClientIdInTokenEndpoint() {
        Plan.untilCode(flow);

        Expectations.error(
                flow.token().with("client_id", plan.second().id()).send(), EITHER, "invalid_client", "invalid_grant");
    }

    @Test
    @Requirement("FAPI2-CERT-30")
    void ensureHolderOfKeyRequired() {
        Plan.untilCode(flow);

        Expectations.error(
                flow.token().proofs().send(), List.of(400), "invalid_request", "invalid_grant", "invalid_dpop_proof");
    }

    @Test
    @Requirement("FAPI2-CERT-31")
    void ensureAuthorizationCodeIsBoundToClient() {
        Plan.untilCode(flow);

        Expectations.error(
                Plan.flow(plan.second())
                        .token()
                        .with("code", flow.code())
                        .with("redirect_uri", flow.redirectUri())
                        .with("code_verifier", flow.verifier())
                        .proofs(flow.proof("POST", "/token"))
                        .send(),
                List.of(400),
                "invalid_grant");
    }

    @Test
    @Requirement("FAPI2-CERT-32")
    void attemptReuseAuthorizationCodeAfterOneSecond() {
        Plan.untilToken(flow);
        Expectations.resource(flow.userinfo().send());

        clock.advance(Duration.ofSeconds(1));

        Expectations.error(flow.token().send(), List.of(400), "invalid_grant");
        assertThat(flow.userinfo().send().status())
                .as("the first token works no more")
                .isEqualTo(401);
    }

    @Test
    @Requirement("FAPI2-CERT-33")
    void ensureTokenEndpointFailsWithExpiredAuthCode() {
        Plan.untilCode(flow);

        clock.advance(Duration.ofSeconds(62));

        Expectations.error(flow.token().send(), List.of(400), "invalid_grant");
    }

    @Test
    @Requirement("FAPI2-CERT-34")
    void ensureSignedClientAssertionWithRs256Fails() {
        ClientFlow rsa = Plan.flow(Plan.ps256(clients).first());
        UnaryOperator<Jwt> rs256 = jwt -> jwt.algorithm(JWSAlgorithm.RS256);

        Expectations.error(rsa.par().assertion(rs256).send(), EITHER, "invalid_client");
        Plan.untilCode(rsa);
        Expectations.error(rsa.token().assertion(rs256).send(), EITHER, "invalid_client");
    }

    @Test
    @Requirement("FAPI2-CERT-35")
    void ensureClientAssertionInTokenEndpoint() {
        Plan.untilCode(flow);

        Expectations.error(
                flow.token()
                        .without("client_assertion")
                        .without("client_assertion_type")
                        .send(),
                EITHER,
                "invalid_client",
                "invalid_request");
    }

    @Test
    @Requirement("FAPI2-CERT-36")
    void ensureClientAssertionWithExpIs5MinutesInPastFails() {
        refusedAtToken(jwt -> jwt.shift("exp", -360));
    }

    @Test
    @Requirement("FAPI2-CERT-37")
    void ensureClientAssertionWithWrongAudFails() {
        refusedAtToken(jwt -> jwt.claim("aud", "https://other1.example.com"));
    }

    @Test
    @Requirement("FAPI2-CERT-38")
    void ensureClientAssertionWithNoSubFails() {
        refusedAtToken(jwt -> jwt.claim("sub", null));
    }

    @Test
    @Requirement("FAPI2-CERT-44")
    void parEnsureJwtClientAssertionsNbf8SecondsInTheFutureIsAccepted() {
        Expectations.pushed(
                flow.par().assertion(jwt -> jwt.shift("iat", 8).shift("nbf", 8)).send());
    }

    @Test
    @Requirement("FAPI2-CERT-45")
    void parEnsureJwtClientAssertionsNbfOver60SecondsInTheFutureFails() {
        refusedAtPar(jwt -> jwt.shift("iat", 62).shift("nbf", 62).shift("exp", 62));
    }

    @Test
    @Requirement("FAPI2-CERT-54")
    void parTestArrayAsAudienceFails() {
        refusedAtPar(jwt -> jwt.claim("aud", List.of(Service.issuer(), Service.issuer() + "/token")));
    }

    @Test
    @Requirement("FAPI2-CERT-55")
    void parTestParEndpointUrlAsAudienceFails() {
        refusedAtPar(jwt -> jwt.claim("aud", Service.issuer() + "/par"));
    }

    @Test
    @Requirement("FAPI2-CERT-56")
    void parTestTokenEndpointUrlAsAudienceFails() {
        refusedAtPar(jwt -> jwt.claim("aud", Service.issuer() + "/token"));
    }

    @Test
    @Requirement("FAPI2-CERT-50")
    void ensurePkceCodeVerifierRequired() {
        Plan.untilCode(flow);

        Expectations.error(flow.token().without("code_verifier").send(), List.of(400), "invalid_grant");
    }

    @Test
    @Requirement("FAPI2-CERT-51")
    void incorrectPkceCodeVerifierRejected() {
        Plan.untilCode(flow);

        Expectations.error(
                flow.token().with("code_verifier", plan.flow().verifier()).send(), List.of(400), "invalid_grant");
    }

    private void refusedAtPar(UnaryOperator<Jwt> flaw) {
        Expectations.error(flow.par().assertion(flaw).send(), EITHER, "invalid_client", "invalid_request");
    }

    private void refusedAtToken(UnaryOperator<Jwt> flaw) {
        Plan.untilCode(flow);

        Expectations.error(flow.token().assertion(flaw).send(), EITHER, "invalid_client", "invalid_request");
    }
}

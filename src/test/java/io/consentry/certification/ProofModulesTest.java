package io.consentry.certification;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ProofFlaws;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules about DPoP proofs at PAR, at the token endpoint and at the resource. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ProofModulesTest {

    private static final String[] ALLOWED = {"invalid_request", "invalid_grant", "invalid_dpop_proof"};

    @Inject
    Clients clients;

    private Plan plan;
    private ClientFlow flow;

    @BeforeEach
    void register() {
        plan = Plan.es256(clients);
        flow = plan.flow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dPoP", "dpop", "DPOP"})
    @Requirement("FAPI2-CERT-9")
    void accessTokenTypeHeaderCaseSensitivity(String scheme) {
        Plan.untilToken(flow);

        Expectations.resource(flow.userinfo()
                .header("Authorization", scheme + " " + flow.accessToken())
                .send());
    }

    @Test
    @Requirement("FAPI2-CERT-10")
    void checkDpopProofNbfExp() {
        acceptedAtAllThree(jwt -> {
            long now = TestClock.now().getEpochSecond();
            return jwt.claim("nbf", now).claim("exp", now + 300);
        });
    }

    @Test
    @Requirement("FAPI2-CERT-11")
    void ensureDpopProofWithIat10SecondsBeforeSucceeds() {
        acceptedAtAllThree(jwt -> jwt.shift("iat", -10));
    }

    @Test
    @Requirement("FAPI2-CERT-12")
    void ensureDpopProofWithIat8SecondsAfterSucceeds() {
        acceptedAtAllThree(jwt -> jwt.shift("iat", 8));
    }

    private void acceptedAtAllThree(UnaryOperator<Jwt> oddity) {
        Plan.push(flow, flow.par().proof(oddity));
        flow.returned(Plan.approve(Plan.authorization(flow)));
        Answer token = flow.token().proof(oddity).send().is(200);

        Expectations.resource(
                flow.userinfo(token.text("access_token")).proof(oddity).send());
    }

    @Test
    @Requirement("FAPI2-CERT-13")
    void ensureMismatchedDpopJktFails() {
        String other = plan.flow().thumbprint();

        Expectations.error(
                flow.par().with("dpop_jkt", other).send(), List.of(400), "invalid_request", "invalid_dpop_proof");
    }

    @Test
    @Requirement("FAPI2-CERT-14")
    void ensureTokenEndpointFailsWithMismatchedDpopProofJkt() {
        flow.pushed(flow.par()).returned(Plan.approve(Plan.authorization(flow)));

        Expectations.error(flow.token().proof(byAnotherKey()).send(), List.of(400), ALLOWED);
    }

    @Test
    @Requirement("FAPI2-CERT-15")
    void ensureTokenEndpointFailsWithMismatchedDpopJkt() {
        flow.pushed(flow.par().proofs().with("dpop_jkt", flow.thumbprint()))
                .returned(Plan.approve(Plan.authorization(flow)));

        Expectations.error(flow.token().proof(byAnotherKey()).send(), List.of(400), ALLOWED);
    }

    @Test
    @Requirement("FAPI2-CERT-16")
    void ensureDpopProofAtParEndpointBindingSuccess() {
        flow.pushed(flow.par()).returned(Plan.approve(Plan.authorization(flow)));

        Expectations.redeemed(flow, flow.redeem());

        Expectations.resource(flow.userinfo().send());
    }

    @Test
    @Requirement("FAPI2-CERT-17")
    void ensureDpopAuthCodeBindingSuccess() {
        flow.pushed(flow.par().with("dpop_jkt", flow.thumbprint())).returned(Plan.approve(Plan.authorization(flow)));

        Expectations.redeemed(flow, flow.redeem());

        Expectations.resource(flow.userinfo().send());
    }

    @Test
    @Requirement("FAPI2-CERT-39")
    void dpopNegativeTests() {
        Plan.untilToken(flow);

        ProofFlaws.ofAnyProof().forEach(flaw -> refused(flow.userinfo().proof(ProofFlaws.change(flaw)), flaw));
        refused(flow.userinfo().proof(jwt -> jwt.claim("ath", null)), "no ath");
        refused(flow.userinfo().proof(jwt -> jwt.claim("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")), "ath");
        refused(flow.userinfo().proofs(flow.resourceProof("GET"), flow.resourceProof("GET")), "two proofs");
        refused(flow.userinfo().proofs().header("DPoP", "this is no JWT"), "no JWT");
        refused(flow.userinfo().proof(byAnotherKey()), "another key");
        refused(flow.userinfo().proofs(), "no proof");
        refused(flow.userinfo().proofs().header("Authorization", "Bearer " + flow.accessToken()), "Bearer");
        refused(flow.userinfo().header("Authorization", "Bearer " + flow.accessToken()), "Bearer with a proof");

        Expectations.resource(flow.userinfo().send());
    }

    @Test
    @Requirement("FAPI2-CERT-39")
    void anRsaProofByRs256IsRefused() {
        ClientFlow rsa = Plan.untilToken(Plan.flow(Plan.ps256(clients).first()));

        refused(rsa.userinfo().proof(jwt -> jwt.algorithm(JWSAlgorithm.RS256)), "RS256");

        Expectations.resource(rsa.userinfo().send());
    }

    @Test
    @Requirement("FAPI2-CERT-39")
    void dpopProofsThatAreOnlyUnusualWork() {
        Plan.untilToken(flow);
        String address = Service.issuer() + "/userinfo";

        for (String htu : List.of(
                address,
                address + "?a=b",
                address + "#top",
                address + "?a=b#top",
                address.replace("http://localhost", "HTTP://LOCALHOST"))) {
            Expectations.resource(
                    flow.userinfo().proof(jwt -> jwt.claim("htu", htu)).send());
        }
        ProofFlaws.harmless()
                .forEach(oddity -> Expectations.resource(
                        flow.userinfo().proof(ProofFlaws.change(oddity)).send()));
        for (String name : List.of("DPOP", "dpop")) {
            Expectations.resource(flow.userinfo()
                    .proofs()
                    .header(name, flow.resourceProof("GET").build())
                    .send());
        }
    }

    private static void refused(Call call, Object what) {
        Answer answer = call.send();
        assertThat(answer.status()).as("%s: %s", what, answer.body()).isIn(400, 401);
    }

    private static UnaryOperator<Jwt> byAnotherKey() {
        JWK other = TestClient.ecKey(KeyUse.SIGNATURE);
        return jwt -> jwt.signedWith(other).header("jwk", other.toPublicJWK().toJSONObject());
    }
}

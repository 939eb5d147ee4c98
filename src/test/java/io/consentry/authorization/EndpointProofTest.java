package io.consentry.authorization;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ProofFlaws;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** DPoP proofs at PAR and at the token endpoint (RFC 9449 §4.3, §5, §10). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class EndpointProofTest {

    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        flow = TestClient.ready("harbour-bank").flow();
    }

    static Stream<Arguments> flaws() {
        return ProofFlaws.ofAnyProof();
    }

    @ParameterizedTest
    @MethodSource("flaws")
    @Requirement("RFC9449-4.3")
    void aFlawedProofIsRefusedAtPar(UnaryOperator<Jwt> flaw) {
        flow.par().proof(flaw).send().isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @ParameterizedTest
    @MethodSource("flaws")
    @Requirement("RFC9449-4.3")
    void aFlawedProofIsRefusedAtTheTokenEndpointAndCostsNoCode(UnaryOperator<Jwt> flaw) {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token().proof(flaw).send().isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");

        flow.redeem();
    }

    @ParameterizedTest
    @MethodSource("io.consentry.testing.ProofFlaws#harmless")
    @Requirement("RFC9449-4.3")
    void aProofThatIsOnlyUnusualWorksAtBoth(UnaryOperator<Jwt> oddity) {
        flow.pushed(flow.par().proof(oddity)).approve(ClientFlow.COMPLETE);

        flow.token().proof(oddity).send().is(200);
    }

    @Test
    @Requirement("RFC9449-4.3")
    void twoProofsAreRefused() {
        Answer answer = flow.par()
                .proofs(flow.proof("POST", "/par"), flow.proof("POST", "/par"))
                .send();

        answer.isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("RFC9449-4.3")
    void aProofForPostIsNoneForAnotherMethodAndAProofForParNoneForTheTokenEndpoint() {
        flow.par().proofs(flow.proof("GET", "/par")).send().isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
        flow.par()
                .proofs(flow.proof("POST", "/token"))
                .send()
                .isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("RFC9449-4.3")
    void aProofWorksOnceEvenAtAnotherRequest() {
        Jwt once = flow.proof("POST", "/par");
        flow.par().proofs(once).send().is(201);

        flow.par().proofs(once).send().isRefused(400, "invalid_dpop_proof", "dpop_proof_replayed");
    }

    @Test
    @Requirement("RFC9449-11.1")
    void aJtiWorksOnceForAKeyWhereverItIsUsed() {
        Jwt first = flow.proof("POST", "/par");
        flow.pushed(flow.par().proofs(first)).approve(ClientFlow.COMPLETE);

        Answer again = flow.token()
                .proof(jwt -> jwt.claim("jti", first.claims().get("jti")))
                .send();

        again.isRefused(400, "invalid_dpop_proof", "dpop_proof_replayed");
        flow.redeem();
    }

    @Test
    @Requirement("RFC9449-11.1")
    void aJtiOfAnotherKeyIsAnother() {
        Jwt first = flow.proof("POST", "/par");
        flow.par().proofs(first).send().is(201);

        TestClient.ready("harbour-bank")
                .flow()
                .par()
                .proof(jwt -> jwt.claim("jti", first.claims().get("jti")))
                .send()
                .is(201);
    }

    @Test
    void theNameOfTheHeaderMayBeInCapitals() {
        String proof = flow.proof("POST", "/par").build();

        flow.par().proofs().header("DPOP", proof).send().is(201);
    }

    @Test
    void anRsaKeyProvesPs256AndNothingElse() {
        JWK rsa = TestClient.ready("orchard-finance").signingKey();
        UnaryOperator<Jwt> byRsa =
                jwt -> jwt.signedWith(rsa).header("jwk", rsa.toPublicJWK().toJSONObject());

        flow.par()
                .proof(jwt -> byRsa.apply(jwt).algorithm(JWSAlgorithm.PS256))
                .send()
                .is(201);
        flow.par()
                .proof(jwt -> byRsa.apply(jwt).algorithm(JWSAlgorithm.RS256))
                .send()
                .isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.1-4")
    @Requirement("RFC9449-5")
    @Requirement("FAPI2-SP-5.3.2.1-5")
    @Requirement("RFC9700-2.2.1")
    void withoutAProofThereIsNoToken() {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token().proofs().send().isRefused(400, "invalid_dpop_proof", "missing_dpop_proof");
    }

    @Test
    @Requirement("RFC9449-10")
    @Requirement("FAPI2-SP-5.3.2.1-12")
    void aRequestPushedWithAProofIsRedeemedWithItsKeyOnly() {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token().proof(anotherKey()).send().isRefused(400, "invalid_dpop_proof", "dpop_key_mismatch");

        flow.redeem();
    }

    @Test
    @Requirement("RFC9449-10")
    void aRequestBoundByThumbprintAloneIsRedeemedWithThatKeyOnly() {
        flow.pushed(flow.par().proofs().with("dpop_jkt", flow.thumbprint())).approve(ClientFlow.COMPLETE);

        flow.token().proof(anotherKey()).send().isRefused(400, "invalid_dpop_proof", "dpop_key_mismatch");

        flow.redeem();
    }

    @Test
    @Requirement("RFC9449-10")
    void proofAndThumbprintTogetherBindTheCode() {
        flow.pushed(flow.par().with("dpop_jkt", flow.thumbprint())).approve(ClientFlow.COMPLETE);

        flow.redeem();
    }

    @Test
    @Requirement("RFC9449-5")
    void aRequestThatIsNotBoundTakesTheKeyOfTheTokenRequest() {
        flow.pushed(flow.par().proofs()).approve(ClientFlow.COMPLETE);
        flow.redeem();

        flow.fetch();
        flow.userinfo().proof(anotherKey()).send().isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
    }

    private static UnaryOperator<Jwt> anotherKey() {
        JWK other = TestClient.ecKey(KeyUse.SIGNATURE);
        return jwt -> jwt.signedWith(other).header("jwk", other.toPublicJWK().toJSONObject());
    }
}

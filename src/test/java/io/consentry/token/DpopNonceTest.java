package io.consentry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.key.MasterKey;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonces in DPoP proofs (RFC 9449 §8, §9), for a client that is registered for them. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class DpopNonceTest {

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    @Inject
    MasterKey master;

    @Inject
    CurrentVertxRequest request;

    @Inject
    TokenSettings settings;

    private ClientFlow flow;

    @BeforeEach
    void register() {
        flow = TestClient.registered(clients, metadata -> metadata.put("dpop_nonce_required", true))
                .flow();
    }

    @Test
    @Requirement("RFC9449-8")
    void aProofWithoutANonceIsAnsweredWithOneThatWorks() {
        Answer challenge = flow.par().send().isRefused(400, "use_dpop_nonce", "use_dpop_nonce");

        flow.par().proof(with(nonce(challenge))).send().is(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guessed", "AAAAAAAAAAAAAAAAAAAAAA"})
    @Requirement("RFC9449-8")
    void aNonceThatIsNotOursIsNone(String other) {
        Answer challenge = flow.par().proof(with(other)).send().isRefused(400, "use_dpop_nonce", "use_dpop_nonce");

        assertThat(nonce(challenge)).isNotEqualTo(other);
    }

    @Test
    @Requirement("RFC9449-8")
    void aNonceOfHalfAnHourAgoIsTooOldAndTheAnswerBringsAFreshOne() {
        String old = nonce(flow.par().send());
        clock.advance(Duration.ofMinutes(33));

        Answer challenge = flow.par().proof(with(old)).send().isRefused(400, "use_dpop_nonce", "use_dpop_nonce");

        assertThat(nonce(challenge)).isNotEqualTo(old);
    }

    @Test
    @Requirement("RFC9449-8")
    void aFlawedProofIsRefusedWhateverItsNonce() {
        String fresh = nonce(flow.par().send());

        flow.par()
                .proof(jwt -> jwt.claim("nonce", fresh).claim("htm", "GET"))
                .send()
                .isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("RFC9449-8")
    void aNonceMayBeUsedAgainButAProofMayNot() {
        String fresh = nonce(flow.par().send());
        Jwt once = flow.proof("POST", "/par").claim("nonce", fresh);
        flow.par().proofs(once).send().is(201);

        flow.par().proofs(once).send().isRefused(400, "invalid_dpop_proof", "dpop_proof_replayed");
        flow.par().proof(with(fresh)).send().is(201);
    }

    @Test
    @Requirement("RFC9449-8")
    @Requirement("RFC9449-9")
    void theNonceOfOneAnswerIsGoodForTheNextRequest() {
        Answer pushed = flow.par().proof(with(nonce(flow.par().send()))).send().is(201);
        flow.pushed(pushed).approve(ClientFlow.COMPLETE);

        Answer redeemed = flow.redeemed(flow.token().proof(with(nonce(pushed))));
        Answer fetched = flow.userinfo().proof(with(nonce(redeemed))).send().is(200);
        flow.userinfo().proof(with(nonce(fetched))).send().is(200);
    }

    @Test
    @Requirement("RFC9449-8")
    void aPushWithoutAProofBringsANonceForTheTokenRequest() {
        Answer pushed =
                flow.par().proofs().with("dpop_jkt", flow.thumbprint()).send().is(201);
        flow.pushed(pushed).approve(ClientFlow.COMPLETE);
        clock.advance(Duration.ofSeconds(55));

        flow.redeemed(flow.token().proof(with(nonce(pushed))));
    }

    @Test
    @Requirement("RFC9449-8")
    void withoutANonceThereIsNoTokenAndTheCodeIsNotSpent() {
        Answer pushed = flow.par().proof(with(nonce(flow.par().send()))).send().is(201);
        flow.pushed(pushed).approve(ClientFlow.COMPLETE);

        Answer challenge = flow.token().send().isRefused(400, "use_dpop_nonce", "use_dpop_nonce");

        flow.redeemed(flow.token().proof(with(nonce(challenge))));
    }

    @Test
    @Requirement("RFC9449-9")
    void theDataApiAsksForANonceByAChallenge() {
        Answer pushed = flow.par().proof(with(nonce(flow.par().send()))).send().is(201);
        flow.pushed(pushed).approve(ClientFlow.COMPLETE);
        flow.redeemed(flow.token().proof(with(nonce(pushed))));

        Answer challenge = flow.userinfo().send().isRefused(401, "use_dpop_nonce", "use_dpop_nonce");

        assertThat(challenge.header("WWW-Authenticate"))
                .hasValueSatisfying(
                        scheme -> assertThat(scheme).startsWith("DPoP ").contains("error=\"use_dpop_nonce\""));
        flow.userinfo().proof(with(nonce(challenge))).send().is(200);
    }

    @Test
    @Requirement("RFC9449-8")
    void whoIsNotRegisteredForNoncesNeverSeesOne() {
        ClientFlow ordinary = TestClient.ready("plain-lender").flow();

        ordinary.push().approve(ClientFlow.COMPLETE);
        Answer redeemed = ordinary.redeem();
        Answer fetched = ordinary.userinfo().send().is(200);

        assertThat(redeemed.header("DPoP-Nonce")).isEmpty();
        assertThat(fetched.header("DPoP-Nonce")).isEmpty();
        ordinary.par().proof(with("whatever")).send().is(201);
    }

    @Test
    @Requirement("RFC9449-8")
    void everyNodeKnowsTheNoncesOfEveryOtherForAsLongAsAPersonMayTake() {
        String here = nonce(flow.par().send());
        InstantSource aheadOfUs = () -> clock.instant().plusSeconds(30);

        clock.advance(settings.nonceSpan());
        var there = new DpopNonces(master, clock, request, settings);
        var fast = new DpopNonces(master, aheadOfUs, request, settings);

        assertThat(there.isFresh(here)).isTrue();
        assertThat(fast.isFresh(here)).isTrue();
        assertThat(there.isFresh(here + "A")).isFalse();
        assertThat(there.isFresh(null)).isFalse();
    }

    private static UnaryOperator<Jwt> with(String nonce) {
        return jwt -> jwt.claim("nonce", nonce);
    }

    private static String nonce(Answer answer) {
        return answer.header("DPoP-Nonce").orElseThrow();
    }
}

package io.consentry.attacker;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Browser;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No attacker can access protected resources other than their own (FAPI 2.0 Attacker Model, goal "authorization"). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class AuthorizationGoalTest {

    private static final String VICTIM = ClientFlow.COMPLETE;
    private static final String ATTACKER = "S7685213H";
    private static final String EVIL = "https://evil.example";

    @Inject
    Clients clients;

    private TestClient bank;
    private TestClient rogue;
    private ClientFlow flow;

    @BeforeEach
    void meet() {
        bank = TestClient.registered(clients, metadata -> {});
        rogue = TestClient.registered(
                clients, metadata -> metadata.putArray("redirect_uris").add(EVIL + "/callback"));
        flow = bank.flow();
    }

    /** Has: all that is public, and a key of their own. Tries: to be the bank. */
    @Test
    @Requirement("FAPI2-AM-A1-AUTHORIZATION")
    void whoeverKnowsOnlyWhatIsPublicIsNotTheBank() {
        var imitation = new TestClient(
                bank.id(), bank.redirectUri(), bank.scope(), new JWKSet(TestClient.ecKey(KeyUse.SIGNATURE)));
        String guess = "A".repeat(43);

        imitation.flow().par().send().isRefused(401, "invalid_client", "invalid_client_assertion");
        imitation
                .flow()
                .token()
                .with("code", guess)
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        Call.to("GET", "/fapi/auth?client_id=" + bank.id() + "&request_uri=urn:ietf:params:oauth:request_uri:" + guess)
                .header("Accept", "text/html")
                .send()
                .isErrorPage(400, "invalid_request_uri");
        imitation.flow().userinfo(guess).send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    /** Has: a registered client. Tries: to have the bank's answers sent to it, or to speak for the bank. */
    @Test
    @Requirement("FAPI2-AM-A1-AUTHORIZATION")
    void aRegisteredRogueCannotSpeakForTheBankNorHaveItsAnswersSentElsewhere() {
        rogue.flow()
                .par()
                .with("client_id", bank.id())
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        rogue.flow()
                .par()
                .with("redirect_uri", bank.redirectUri())
                .send()
                .isRefused(400, "invalid_request", "unregistered_redirect_uri");
        flow.par()
                .with("redirect_uri", EVIL + "/callback")
                .send()
                .isRefused(400, "invalid_request", "unregistered_redirect_uri");
        rogue.flow()
                .par()
                .assertion(jwt -> jwt.claim("iss", bank.id()).claim("sub", bank.id()))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    /** Has: links to send. Tries: to make the authorization endpoint lead a victim's browser elsewhere. */
    @Test
    @Requirement("FAPI2-AM-A1-AUTHORIZATION")
    @Requirement("RFC9700-4.11.2")
    void noLinkMakesTheServerRedirectElsewhere() {
        flow.push();
        String outside = "&redirect_uri=" + EVIL + "/&return_to=" + EVIL + "&next=//evil.example";

        for (Answer answer : List.of(
                flow.authorize().appending(outside).send(),
                Call.to("GET", "/fapi/auth?client_id=" + bank.id() + outside).send(),
                Call.to("GET", "/sign-in?return_to=" + EVIL).send(),
                Call.to("GET", "/sign-in?return_to=//evil.example/").send(),
                Call.to("GET", "/sandbox/sign-in?return_to=" + EVIL)
                        .header("Accept", "text/html")
                        .send())) {
            assertThat(answer.header("Location").orElse("")).doesNotContain("evil.example");
        }
    }

    /** Is: another authorization server that the bank uses too. Has: the assertion and proof meant for it. Tries: them here. */
    @Test
    @Requirement("FAPI2-AM-A1A-AUTHORIZATION")
    @Requirement("RFC9700-4.4")
    void whatTheBankSentAnotherServerIsWorthNothingHere() {
        UnaryOperator<Jwt> forTheOther = jwt -> jwt.claim("aud", EVIL);
        UnaryOperator<Jwt> proofForTheOther = jwt -> jwt.claim("htu", EVIL + "/token");

        flow.par().assertion(forTheOther).send().isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.par().proof(proofForTheOther).send().isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    /** Is: the server to which a confused bank sent our code with its verifier. Tries: to redeem it in every way it can. */
    @Test
    @Requirement("FAPI2-AM-A1A-AUTHORIZATION")
    @Requirement("RFC9700-4.4")
    void aCodeThatWentAstrayWithItsVerifierIsRedeemedByTheBankOnly() {
        flow.push();
        flow.returned(Browser.of(VICTIM).approve(Browser.follow(flow.authorize())));

        flow.token()
                .assertion(jwt -> jwt.claim("aud", EVIL))
                .proof(jwt -> jwt.claim("htu", EVIL + "/token"))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.token()
                .proof(jwt -> jwt.claim("htu", EVIL + "/token"))
                .send()
                .isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
        redeemedBy(rogue).isRefused(400, "invalid_grant", "invalid_code");

        flow.redeem();
    }

    /** Has: a recording of a whole exchange. Tries: to play it again, message by message. */
    @Test
    @Requirement("FAPI2-AM-A2-AUTHORIZATION")
    void aRecordedExchangePlayedAgainGetsNothing() {
        Call push = flow.par();
        flow.pushed(push).approve(VICTIM);
        Call redemption = flow.token();
        String token = redemption.send().is(200).text("access_token");
        Call fetch = flow.userinfo(token);
        fetch.send().is(200);

        push.send().isRefused(401, "invalid_client", "client_assertion_replayed");
        redemption.send().isRefused(401, "invalid_client", "client_assertion_replayed");
        fetch.send().isRefused(401, "invalid_dpop_proof", "dpop_proof_replayed");
    }

    /** Controls the network. Tries: to wait for answers on plain http; nobody can register such an address. */
    @Test
    @Requirement("FAPI2-AM-A2-AUTHORIZATION")
    @Requirement("FAPI2-SP-5.3.2.2-8")
    void noAnswerCanBeSentOverAnOpenNetwork() {
        for (String open : List.of("http://bank.example/callback", "http://10.0.0.1/callback", "bank:/callback")) {
            assertThat(catchRefusal(open)).contains("redirect_uris");
        }
    }

    private String catchRefusal(String redirectUri) {
        try {
            TestClient.registered(
                    clients, metadata -> metadata.putArray("redirect_uris").add(redirectUri));
            return "";
        } catch (AssertionError refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** Has: the request_uri, read in the browser. Tries: it as another client, and as themselves. */
    @Test
    @Requirement("FAPI2-AM-A3A-AUTHORIZATION")
    void aRequestThatWasReadOpensNobodyElsesRecord() {
        flow.push();
        String uri = flow.requestUri();

        Call.to("GET", "/fapi/auth?client_id=" + rogue.id() + "&request_uri=" + uri)
                .header("Accept", "text/html")
                .send()
                .isErrorPage(400, "invalid_request_uri");
        flow.returned(Browser.of(ATTACKER).approve(Browser.follow(flow.authorize())));
        flow.redeem();

        assertThat(flow.fetch().personInfo().path("uinfin").path("value").asText())
                .as("whoever decides, decides about themselves")
                .isEqualTo(ATTACKER);
    }

    /** Has: the code, read in the browser. Tries: to redeem it with what they have. */
    @Test
    @Requirement("FAPI2-AM-A3B-AUTHORIZATION")
    @Requirement("RFC9700-4.5")
    void aCodeThatWasReadIsOfNoUseToWhoeverIsNotTheBank() {
        flow.push().approve(VICTIM);
        var imitation = new TestClient(
                bank.id(), bank.redirectUri(), bank.scope(), new JWKSet(TestClient.ecKey(KeyUse.SIGNATURE)));

        redeemedBy(imitation).isRefused(401, "invalid_client", "invalid_client_assertion");
        redeemedBy(rogue).isRefused(400, "invalid_grant", "invalid_code");

        flow.redeem();
        flow.fetch();
    }

    private Answer redeemedBy(TestClient other) {
        return other.flow()
                .token()
                .with("code", flow.code())
                .with("redirect_uri", flow.redirectUri())
                .with("code_verifier", flow.verifier())
                .send();
    }

    /** Sits between the bank and the token endpoint. Tries: a key of their own in the place of the bank's. */
    @Test
    @Requirement("FAPI2-AM-A5-AUTHORIZATION")
    void aTokenRequestOnItsWayCannotBeBoundToAnotherKey() {
        flow.push().approve(VICTIM);
        JWK thief = TestClient.ecKey(KeyUse.SIGNATURE);

        flow.token().proof(by(thief)).send().isRefused(400, "invalid_dpop_proof", "dpop_key_mismatch");

        flow.redeem();
    }

    /** Has: the whole token request and its answer. Tries: the token, and the request once more. */
    @Test
    @Requirement("FAPI2-AM-A5-AUTHORIZATION")
    void aTokenThatWasReadWithItsRequestOpensNothing() {
        flow.push().approve(VICTIM);
        Call request = flow.token();
        String token = request.send().is(200).text("access_token");
        JWK thief = TestClient.ecKey(KeyUse.SIGNATURE);

        flow.userinfo(token).proof(by(thief)).send().isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
        flow.userinfo(token).proofs().send().isRefused(401, "invalid_dpop_proof", "missing_dpop_proof");
        request.send().isRefused(401, "invalid_client", "client_assertion_replayed");
    }

    /** Reads requests to the resource, token and proof in full. Tries: them again, elsewhere, and in other ways. */
    @Test
    @Requirement("FAPI2-AM-A7-AUTHORIZATION")
    void aResourceRequestThatWasReadOpensNothing() {
        flow.untilToken(VICTIM);
        Jwt proof = flow.resourceProof("GET");
        flow.userinfo().proofs(proof).send().is(200);

        flow.userinfo().proofs(proof).send().isRefused(401, "invalid_dpop_proof", "dpop_proof_replayed");
        flow.userinfo()
                .method("POST")
                .proofs(flow.resourceProof("GET"))
                .send()
                .isRefused(401, "invalid_dpop_proof", "invalid_dpop_proof");
        flow.userinfo()
                .proof(by(TestClient.ecKey(KeyUse.SIGNATURE)))
                .send()
                .isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
        flow.userinfo()
                .proofs()
                .header("Authorization", "Bearer " + flow.accessToken())
                .send()
                .isRefused(401, "invalid_token", "missing_access_token");
        Call.to("GET", "/api/me/consents")
                .header("Authorization", "DPoP " + flow.accessToken())
                .proofs(flow.resourceProof("GET"))
                .send()
                .isProblem(401, "sign_in_required");
        flow.userinfo()
                .proof(jwt -> jwt.claim("jti", UUID.randomUUID().toString()).forged())
                .send()
                .isRefused(401, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    private static UnaryOperator<Jwt> by(JWK key) {
        return jwt -> jwt.signedWith(key).header("jwk", key.toPublicJWK().toJSONObject());
    }
}

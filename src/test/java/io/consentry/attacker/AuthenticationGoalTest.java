package io.consentry.attacker;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTParser;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Browser;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.text.ParseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No attacker can log in at a client under somebody else's identity (FAPI 2.0 Attacker Model, goal "authentication"). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class AuthenticationGoalTest {

    private static final String VICTIM = ClientFlow.COMPLETE;
    private static final String ATTACKER = "S7685213H";

    @Inject
    Clients clients;

    private TestClient bank;
    private HonestClient honest;

    @BeforeEach
    void meet() {
        bank = TestClient.registered(clients, metadata -> {});
        honest = new HonestClient(bank);
    }

    /** Has: a client of their own at which the victim signed in. Tries: that ID token at the bank. */
    @Test
    @Requirement("FAPI2-AM-A1-AUTHENTICATION")
    void theIdTokenOfOneClientSignsNobodyInAtAnother() {
        TestClient rogue = TestClient.registered(clients, metadata -> {});
        ClientFlow there = rogue.flow().untilToken(VICTIM);
        ClientFlow here = bank.flow().untilToken(VICTIM);

        assertThat(honest.signsInBy(here.idToken(), here.nonce())).isTrue();
        assertThat(honest.signsInBy(there.idToken(), there.nonce())).isFalse();
        assertThat(sub(there, rogue)).isNotEqualTo(sub(here, bank));
    }

    /** Is: another authorization server. Tries: an ID token of its own making that names us and the victim. */
    @Test
    @Requirement("FAPI2-AM-A1A-AUTHENTICATION")
    void anIdTokenThatWeDidNotSignSignsNobodyIn() throws ParseException {
        ClientFlow flow = bank.flow().untilToken(VICTIM);
        var genuine = JWTParser.parse(flow.idToken());

        String forged = forgery(flow, genuine.getHeader().toJSONObject().get("kid"));
        String unsigned = forgery(flow, null);

        assertThat(honest.signsInBy(flow.idToken(), flow.nonce())).isTrue();
        assertThat(honest.signsInBy(forged, flow.nonce())).isFalse();
        assertThat(honest.signsInBy(unsigned, flow.nonce())).isFalse();
    }

    private static String forgery(ClientFlow flow, @org.jspecify.annotations.Nullable Object kid)
            throws ParseException {
        Jwt jwt = flow.proof("POST", "/token")
                .signedWith(TestClient.ecKey(KeyUse.SIGNATURE))
                .algorithm(JWSAlgorithm.ES256)
                .header("typ", null)
                .header("jwk", null)
                .header("kid", kid);
        JWTParser.parse(flow.idToken()).getJWTClaimsSet().toJSONObject().forEach(jwt::claim);
        return kid == null ? jwt.unsigned().build() : jwt.build();
    }

    /** Has: the request_uri of the victim's visit. Tries: to sign in there; what comes out names themselves. */
    @Test
    @Requirement("FAPI2-AM-A3A-AUTHENTICATION")
    void whoeverAnswersARequestTheyReadIsSignedInAsThemselves() {
        ClientFlow flow = bank.flow().push();
        flow.returned(Browser.of(ATTACKER).approve(Browser.follow(flow.authorize())));
        flow.redeem();
        ClientFlow attackers = bank.flow().untilToken(ATTACKER);
        ClientFlow victims = bank.flow().untilToken(VICTIM);

        assertThat(sub(flow, bank)).isEqualTo(sub(attackers, bank)).isNotEqualTo(sub(victims, bank));
    }

    /** Has: the victim's code. Tries: to bring it back in a session of their own at the bank. */
    @Test
    @Requirement("FAPI2-AM-A3B-AUTHENTICATION")
    @Requirement("RFC9700-2.1.1")
    @Requirement("RFC9700-4.5")
    void aStolenCodeBroughtBackInAnotherSessionIsRefused() {
        ClientFlow victims = bank.flow().push();
        victims.approve(VICTIM);
        ClientFlow attackers = bank.flow().push();

        attackers.token().with("code", victims.code()).send().isRefused(400, "invalid_grant", "invalid_code_verifier");
    }

    /** Sits between the bank and the token endpoint. Tries: the ID token of another visit in this one's answer. */
    @Test
    @Requirement("FAPI2-AM-A5-AUTHENTICATION")
    void theIdTokenOfAnotherVisitSignsNobodyIn() {
        ClientFlow victims = bank.flow().untilToken(VICTIM);
        ClientFlow attackers = bank.flow().untilToken(ATTACKER);

        assertThat(honest.signsInBy(attackers.idToken(), attackers.nonce())).isTrue();
        assertThat(honest.signsInBy(victims.idToken(), attackers.nonce())).isFalse();
    }

    /** Reads what goes to the resource. Tries: to have another person's record taken for this visit's. */
    @Test
    @Requirement("FAPI2-AM-A7-AUTHENTICATION")
    void theRecordOfAnotherVisitNamesAnotherPersonThanTheIdToken() {
        ClientFlow victims = bank.flow().untilToken(VICTIM);
        ClientFlow attackers = bank.flow().untilToken(ATTACKER);

        assertThat(victims.fetch().sub()).isEqualTo(sub(victims, bank)).isNotEqualTo(sub(attackers, bank));
        attackers.userinfo(victims.accessToken()).send().isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
    }

    private static String sub(ClientFlow flow, TestClient client) {
        return ReceivedRecord.claimsOf(flow.idToken(), client).path("sub").asText();
    }
}

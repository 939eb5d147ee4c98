package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ProofFlaws;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may fetch a record, and with what (RFC 9449 §7, FAPI 2.0 §5.3.4). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class UserinfoTest {

    @Inject
    TestClock clock;

    @Inject
    Clients clients;

    private ClientFlow flow;

    @BeforeEach
    void redeem() {
        flow = TestClient.ready("harbour-bank").flow().asking("openid name").untilToken(ClientFlow.COMPLETE);
    }

    static Stream<Arguments> flaws() {
        return Stream.concat(
                ProofFlaws.ofAnyProof(),
                Stream.of(
                        flaw("no ath", jwt -> jwt.claim("ath", null)),
                        flaw("an htu of the token endpoint", jwt -> jwt.claim("htu", Service.issuer() + "/token"))));
    }

    private static Arguments flaw(String what, UnaryOperator<Jwt> change) {
        return Arguments.of(Named.of(what, change));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    @Requirement("RFC9449-4.3")
    @Requirement("RFC9449-7.1")
    void aFlawedProofGetsNothing(UnaryOperator<Jwt> flaw) {
        Answer answer = flow.userinfo().proof(flaw).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.text("error")).isEqualTo("invalid_dpop_proof");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).startsWith("DPoP ").contains("invalid_dpop_proof"));
        flow.fetch();
    }

    @ParameterizedTest
    @MethodSource("io.consentry.testing.ProofFlaws#harmless")
    @Requirement("RFC9449-4.3")
    void aProofThatIsOnlyUnusualWorks(UnaryOperator<Jwt> oddity) {
        flow.userinfo().proof(oddity).send().is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?a=b", "#top", "?a=b#top", "?access_token=x"})
    @Requirement("RFC9449-4.3")
    void queryAndFragmentOfAnHtuDoNotCount(String more) {
        flow.userinfo()
                .proof(jwt -> jwt.claim("htu", Service.issuer() + "/userinfo" + more))
                .send()
                .is(200);
    }

    @Test
    @Requirement("RFC9449-4.3")
    void anHtuMayBeWrittenInCapitals() {
        String capitals = Service.issuer().replace("http://localhost", "HTTP://LOCALHOST") + "/userinfo";

        flow.userinfo().proof(jwt -> jwt.claim("htu", capitals)).send().is(200);
    }

    @Test
    @Requirement("RFC9449-7.1")
    void theHashOfAnotherTokenIsRefused() {
        flow.userinfo()
                .proof(jwt -> jwt.claim("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"))
                .send()
                .isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
    }

    @Test
    @Requirement("RFC9449-7.1")
    void aTokenIsOfNoUseToWhoeverHasNotItsKey() {
        JWK thief = TestClient.ecKey(KeyUse.SIGNATURE);

        flow.userinfo()
                .proof(jwt ->
                        jwt.signedWith(thief).header("jwk", thief.toPublicJWK().toJSONObject()))
                .send()
                .isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
    }

    @Test
    @Requirement("RFC9449-7.1")
    void theKeyOfOneClientDoesNotOpenWithTheTokenOfAnother() {
        ClientFlow other =
                TestClient.ready("plain-lender").flow().asking("name").untilToken(ClientFlow.COMPLETE);

        flow.userinfo()
                .header("Authorization", "DPoP " + other.accessToken())
                .send()
                .isRefused(401, "invalid_dpop_proof", "dpop_key_mismatch");
    }

    @Test
    @Requirement("RFC9449-7.1")
    void aProofOpensOnce() {
        Jwt once = flow.resourceProof("GET");
        flow.userinfo().proofs(once).send().is(200);

        flow.userinfo().proofs(once).send().isRefused(401, "invalid_dpop_proof", "dpop_proof_replayed");
    }

    @Test
    @Requirement("RFC9449-7.1")
    void twoProofsAreRefused() {
        flow.userinfo()
                .proofs(flow.resourceProof("GET"), flow.resourceProof("GET"))
                .send()
                .isRefused(401, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("RFC9449-7.1")
    @Requirement("FAPI2-SP-5.3.2.1-4")
    @Requirement("FAPI2-SP-5.3.4-5")
    void withoutAProofATokenIsWorthless() {
        flow.userinfo().proofs().send().isRefused(401, "invalid_dpop_proof", "missing_dpop_proof");
    }

    @Test
    @Requirement("RFC9449-7.2")
    void aTokenDoesNotWorkAsABearerToken() {
        flow.userinfo()
                .proofs()
                .header("Authorization", "Bearer " + flow.accessToken())
                .send()
                .isRefused(401, "invalid_token", "missing_access_token");
        flow.userinfo()
                .header("Authorization", "Bearer " + flow.accessToken())
                .send()
                .isRefused(401, "invalid_token", "missing_access_token");
    }

    @Test
    @Requirement("RFC9449-7.1")
    void withoutATokenTheChallengeNamesNoError() {
        Answer answer = flow.userinfo().withoutHeader("Authorization").send();

        answer.isRefused(401, "invalid_token", "missing_access_token");
        assertThat(answer.header("WWW-Authenticate")).hasValue("DPoP algs=\"ES256 PS256\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "DPoP ", "DPoP x", "DPoP a b", "DPoP \u00e9", "", "Basic eDp5", "x"})
    @Requirement("RFC9449-7.1")
    void aTokenThatIsNoneIsRefused(String authorization) {
        Answer answer = flow.userinfo().header("Authorization", authorization).send();

        answer.is(401);
        assertThat(answer.text("error")).isEqualTo("invalid_token");
        assertThat(answer.header("WWW-Authenticate")).isPresent();
    }

    @Test
    void twoTokensAreRefused() {
        flow.userinfo()
                .addHeader("Authorization", "DPoP " + flow.accessToken())
                .send()
                .isRefused(400, "invalid_request", "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dPoP", "dpop", "DPOP"})
    @Requirement("RFC9110-11.1")
    @Requirement("FAPI2-SP-5.3.4-1")
    @Requirement("RFC6750-2.1")
    void theSchemeMayBeWrittenInAnyCase(String scheme) {
        flow.userinfo()
                .header("Authorization", scheme + " " + flow.accessToken())
                .send()
                .is(200);
    }

    @Test
    @Requirement("FAPI2-SP-5.3.4-2")
    void aTokenInTheQueryIsRefused() {
        flow.userinfo()
                .appending("?access_token=" + flow.accessToken())
                .send()
                .isRefused(400, "invalid_request", "malformed_request");
        flow.userinfo()
                .withoutHeader("Authorization")
                .appending("?access_token=" + flow.accessToken())
                .send()
                .isRefused(400, "invalid_request", "malformed_request");
    }

    @Test
    @Requirement("FAPI2-SP-5.3.4-2")
    void aTokenInTheBodyIsNotRead() {
        flow.userinfo()
                .method("POST")
                .proofs(flow.resourceProof("POST"))
                .withoutHeader("Authorization")
                .with("access_token", flow.accessToken())
                .send()
                .isRefused(401, "invalid_token", "missing_access_token");
    }

    @Test
    @Requirement("OIDC-CORE-5.3.1")
    void postFetchesTheSame() {
        Answer answer = flow.userinfo()
                .method("POST")
                .proofs(flow.resourceProof("POST"))
                .send();

        assertThat(answer.is(200).header("Content-Type")).hasValue("application/jwt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD"})
    void nothingElseFetches(String method) {
        Answer answer = flow.userinfo()
                .method(method)
                .proofs(flow.resourceProof(method))
                .send();

        assertThat(answer.status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/jwt",
                "*/*",
                "text/plain",
                "application/json; charset=utf-8",
                "application/json, */*"
            })
    void anyAcceptIsAnswered(String accept) {
        flow.userinfo().header("Accept", accept).send().is(200);
    }

    @Test
    @Requirement("FAPI2-SP-5.3.4-3")
    @Requirement("RFC6750-3.1")
    void aTokenLivesForHalfAnHour() {
        clock.advance(Duration.ofMinutes(29));
        flow.userinfo().send().is(200);

        clock.advance(Duration.ofMinutes(1));

        flow.userinfo().send().isRefused(401, "invalid_token", "access_token_expired");
    }

    @Test
    void aSuspendedClientFetchesNothing() {
        TestClient client = TestClient.registered(clients, metadata -> {});
        ClientFlow open = client.flow().untilToken(ClientFlow.COMPLETE);
        open.fetch();

        clients.suspend(new ClientId(client.id()));

        Answer answer = open.userinfo().send();
        answer.isRefused(401, "invalid_token", "client_suspended");
        assertThat(answer.header("WWW-Authenticate")).isPresent();
    }

    @Test
    @Requirement("CX-2")
    @Requirement("FAPI2-SP-5.3.4-3")
    @Requirement("FAPI2-SP-5.3.4-4")
    @Requirement("RFC6750-3.1")
    @Requirement("OIDC-CORE-5.3.3")
    void aWithdrawnConsentReleasesNothing() {
        flow.fetch();
        TestResident resident = TestResident.signIn(ClientFlow.COMPLETE);
        resident.withdraw(resident.newestGrant()).is(204);

        Answer answer = flow.userinfo().send();

        answer.isRefused(401, "invalid_token", "consent_withdrawn");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
    }

    @Test
    @Requirement("OIDC-CORE-5.3.2")
    void aRecordIsSealedAsItsClientRegistered() {
        assertThat(flow.fetch().form()).isEqualTo(ReceivedRecord.Form.SIGNED_AND_ENCRYPTED);
        assertThat(record("orchard-finance").form()).isEqualTo(ReceivedRecord.Form.SIGNED);
        assertThat(record("plain-lender").form()).isEqualTo(ReceivedRecord.Form.PLAIN);
    }

    @Test
    @Requirement("CX-AUTH-1")
    @Requirement("OIDC-CORE-8.1")
    @Requirement("SEC-P14")
    void twoClientsCannotTellThatTheyHaveTheSameCustomer() {
        String here = flow.fetch().sub();
        String again = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name")
                .wholeFlow(ClientFlow.COMPLETE)
                .sub();
        String there = record("plain-lender").sub();
        String somebodyElse = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name")
                .wholeFlow("S7685213H")
                .sub();

        assertThat(again).isEqualTo(here);
        assertThat(there).isNotEqualTo(here);
        assertThat(somebodyElse).isNotEqualTo(here);
        assertThat(here.toUpperCase(Locale.ROOT)).doesNotContain(ClientFlow.COMPLETE);
    }

    @Test
    void anAnswerCarriesItsDateAndIsNotKept() {
        Answer answer = flow.userinfo().send().is(200);

        assertThat(answer.header("Date")).isPresent();
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
    }

    @Test
    @Requirement("CX-HTTP-3")
    void theInteractionIdComesBackIfItIsOne() {
        String id = "c770aef3-6784-41f7-8e0e-ff5f97bddb3a";

        assertThat(flow.userinfo().header("x-fapi-interaction-id", id).send().header("x-fapi-interaction-id"))
                .hasValue(id);
        assertThat(flow.userinfo()
                        .proofs()
                        .header("x-fapi-interaction-id", id)
                        .send()
                        .header("x-fapi-interaction-id"))
                .hasValue(id);
        assertThat(flow.userinfo()
                        .header("x-fapi-interaction-id", "<script>")
                        .send()
                        .header("x-fapi-interaction-id"))
                .isEmpty();
    }

    private static ReceivedRecord record(String client) {
        return TestClient.ready(client).flow().asking("openid name").wholeFlow(ClientFlow.COMPLETE);
    }
}

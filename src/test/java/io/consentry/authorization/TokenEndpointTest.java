package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token endpoint (RFC 6749 §3.2, §4.1.3, §5) and the ID token (OpenID Connect Core §2, §3.1.3.7). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class TokenEndpointTest {

    @Inject
    TestClock clock;

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow().asking("openid name email");
    }

    @Test
    @Requirement("RFC9449-5")
    @Requirement("FAPI2-SP-5.3.2.1-4")
    @Requirement("RFC6749-5.1")
    @Requirement("RFC6749-4.1.4")
    @Requirement("OIDC-CORE-3.1.3.3")
    void aCodeIsRedeemedForATokenBoundToItsKey() {
        flow.push().approve(ClientFlow.COMPLETE);

        Answer answer = flow.redeem();

        assertThat(answer.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope", "id_token", "grant_id");
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(answer.text("access_token")).hasSizeGreaterThanOrEqualTo(43);
        assertThat(answer.json().path("expires_in").asInt()).isBetween(1, 1800);
        assertThat(answer.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "name", "email");
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    @Requirement("RFC6749-4.1.2")
    @Requirement("FAPI2-SP-5.3.2.2-9")
    void aCodeUsedTwiceIsRefusedAndCostsTheFirstToken() {
        flow.wholeFlow(ClientFlow.COMPLETE);

        flow.token().send().isRefused(400, "invalid_grant", "code_reused");

        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("RFC6749-4.1.2")
    void aCodeIsRememberedAfterItHasExpired() {
        flow.untilToken(ClientFlow.COMPLETE);
        clock.advance(Duration.ofMinutes(20));

        flow.token().send().isRefused(400, "invalid_grant", "code_reused");

        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("RFC6749-4.1.2")
    @Requirement("FAPI2-SP-5.3.2.1-11")
    @Requirement("RFC6749-10.5")
    void aCodeLivesForAMinute() {
        flow.push().approve(ClientFlow.COMPLETE);

        clock.advance(Duration.ofSeconds(60));

        flow.token().send().isRefused(400, "invalid_grant", "invalid_code");
    }

    @Test
    @Requirement("RFC6749-4.1.2")
    void ofTwoThatRedeemACodeAtOnceOneTokenIsGood() throws Exception {
        int pairs = Effort.of(50, 2_000);
        List<ClientFlow> flows = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            ClientFlow one = bank.flow().asking("openid name").push();
            one.approve(ClientFlow.COMPLETE);
            flows.add(one);
        }

        for (ClientFlow one : flows) {
            assertThat(statuses(one.token(), one.token()))
                    .as("the second is the first one's retry, and takes its place")
                    .containsExactly(200, 200);
        }
        try (Connection database = TestDatabase.asOwner();
                Statement statement = database.createStatement();
                ResultSet codes = statement.executeQuery("select count(*), max(tokens) from (select count(*) as tokens"
                        + " from access_token t where client_id = 'harbour-bank' and refresh_hash is null and expires_at > now()"
                        + " and not exists (select 1 from revoked_token r where r.hash in (t.token_hash, t.code_hash))"
                        + " group by code_hash) code")) {
            codes.next();
            assertThat(codes.getInt(1)).isGreaterThanOrEqualTo(pairs);
            assertThat(codes.getInt(2)).isOne();
        }
    }

    private static List<Integer> statuses(Call first, Call second) throws Exception {
        Callable<Integer> one = () -> first.send().status();
        Callable<Integer> other = () -> second.send().status();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (Future<Integer> status : both.invokeAll(List.of(one, other))) {
                statuses.add(status.get());
            }
        }
        return statuses;
    }

    @Test
    @Requirement("RFC6749-4.1.3")
    void aCodeIsOfItsClientOnly() {
        flow.push().approve(ClientFlow.COMPLETE);
        TestClient other = TestClient.ready("plain-lender");

        other.flow().token().with("code", flow.code()).send().isRefused(400, "invalid_grant", "invalid_code");

        flow.redeem();
    }

    @Test
    @Requirement("RFC6749-4.1.3")
    void aCodeIsForTheRedirectUriOfItsRequest() {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token()
                .with("redirect_uri", "http://localhost:3000/callback")
                .send()
                .isRefused(400, "invalid_grant", "redirect_uri_mismatch");
        flow.token().without("redirect_uri").send().isRefused(400, "invalid_grant", "redirect_uri_mismatch");

        flow.redeem();
    }

    @Test
    @Requirement("RFC7636-4.6")
    @Requirement("RFC7636-4.5")
    void aCodeNeedsItsVerifier() {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token().without("code_verifier").send().isRefused(400, "invalid_grant", "invalid_code_verifier");
        for (String wrong : List.of("x", "a".repeat(43), flow.challenge(), "ü".repeat(43), "a".repeat(200))) {
            flow.token().with("code_verifier", wrong).send().isRefused(400, "invalid_grant", "invalid_code_verifier");
        }

        flow.redeem();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u202E", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' or 1=1 --"})
    @Requirement("RFC6749-5.2")
    void aGuessedCodeIsRefused(String code) {
        flow.token().with("code", code).send().isRefused(400, "invalid_grant", "invalid_code");
    }

    @Test
    @Requirement("RFC6749-5.2")
    void aMissingCodeOrGrantTypeIsNamed() {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token().without("code").send().isRefused(400, "invalid_request", "missing_parameter");
        flow.token().without("grant_type").send().isRefused(400, "invalid_request", "missing_parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", "AUTHORIZATION_CODE"})
    @Requirement("FAPI2-SP-5.3.2.1-2")
    @Requirement("RFC6749-5.2")
    @Requirement("RFC9700-2.4")
    void anotherGrantTypeIsRefused(String type) {
        flow.token()
                .with("code", "x")
                .with("grant_type", type)
                .send()
                .isRefused(400, "unsupported_grant_type", "unsupported_grant_type");
    }

    @Test
    @Requirement("RFC6749-5.2")
    void whatIsNoTokenRequestIsRefusedInTheSameForm() {
        flow.token().with("code", "x").method("PUT").send().isRefused(405, "invalid_request", "method_not_allowed");
        flow.token()
                .with("code", "x")
                .header("Content-Type", "application/json")
                .send()
                .isRefused(415, "invalid_request", "unsupported_content_type");
        flow.token()
                .with("code", "x")
                .adding("code", "y")
                .send()
                .isRefused(400, "invalid_request", "duplicate_parameter");
        flow.token().with("code", "a\u0000b").send().isRefused(400, "invalid_request", "malformed_request");
    }

    @Test
    @Requirement("CX-2")
    void aCodeOfAConsentThatWasWithdrawnIsWorthless() {
        flow.push().approve(ClientFlow.COMPLETE);
        var resident = TestResident.signIn(ClientFlow.COMPLETE);
        resident.withdraw(resident.newestGrant()).is(204);

        flow.token().send().isRefused(400, "invalid_grant", "invalid_code");
    }

    @Test
    @Requirement("OIDC-CORE-2")
    @Requirement("FAPI2-SP-5.3.2.3")
    void anIdTokenSaysWhoSignedInForWhom() {
        flow.untilToken(ClientFlow.COMPLETE);

        JsonNode claims = ReceivedRecord.claimsOf(flow.idToken(), bank);

        long now = TestClock.now().getEpochSecond();
        assertThat(claims.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("iss", "sub", "aud", "iat", "exp", "nonce", "auth_time", "amr");
        assertThat(claims.path("iss").asText()).isEqualTo(Service.issuer());
        assertThat(claims.path("aud").asText()).isEqualTo("harbour-bank");
        assertThat(claims.path("nonce").asText()).isEqualTo(flow.nonce());
        assertThat(claims.path("iat").asLong()).isBetween(now - 60, now + 1);
        assertThat(claims.path("exp").asLong()).isGreaterThan(now);
        assertThat(flow.fetch().sub()).isEqualTo(claims.path("sub").asText());
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.2-14")
    void anIdTokenHasTheNonceThatWasPushedToTheLetterOrNone() {
        for (String nonce : List.of("n".repeat(64), "n".repeat(384), "à+b&c=d%20")) {
            ClientFlow one = bank.flow();
            one.pushed(one.par().with("nonce", nonce)).approve(ClientFlow.COMPLETE);
            one.redeem();
            assertThat(ReceivedRecord.claimsOf(one.idToken(), bank)
                            .path("nonce")
                            .asText())
                    .isEqualTo(nonce);
        }
        ClientFlow without = bank.flow();
        without.pushed(without.par().without("nonce")).approve(ClientFlow.COMPLETE);
        without.redeem();
        assertThat(ReceivedRecord.claimsOf(without.idToken(), bank).has("nonce"))
                .isFalse();
    }

    @Test
    void aClientThatRegisteredEncryptionGetsItsIdTokenEncrypted() {
        TestClient kopi = TestClient.ready("kopi-rental");
        ClientFlow one = kopi.flow().untilToken(ClientFlow.COMPLETE);

        assertThat(one.idToken().split("\\.")).hasSize(5);
        assertThat(ReceivedRecord.claimsOf(one.idToken(), kopi).path("aud").asText())
                .isEqualTo("kopi-rental");
    }

    @Test
    void withoutOpenidThereIsNoIdToken() {
        ClientFlow plain = bank.flow().asking("name");
        plain.push().approve(ClientFlow.COMPLETE);

        assertThat(plain.redeem().json().has("id_token")).isFalse();
        plain.fetch();
    }
}

package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for clients in their own name (RFC 6749 §4.4). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ClientCredentialsTest {

    private TestClient bank;
    private ClientAccess access;

    @BeforeEach
    void aClientRegisteredForIt() {
        bank = TestClient.ready("harbour-bank");
        access = ClientAccess.of(bank);
    }

    @Test
    @Requirement("RFC6749-4.4")
    void aClientGetsATokenForItselfThatLeadsToNoPerson() {
        Answer answer = access.token("grant_management_query events").send().is(200);

        assertThat(answer.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope");
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(answer.text("scope")).isEqualTo("events grant_management_query");
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
    }

    @Test
    @Requirement("RFC6749-4.4")
    void aClientThatIsNotRegisteredForItIsRefused() {
        ClientAccess.of(TestClient.ready("plain-lender"))
                .token("grant_management_query")
                .send()
                .isRefused(400, "unauthorized_client", "unauthorized_grant_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "openid", "name", "grant_management_query name", "GRANT_MANAGEMENT_QUERY", "*"})
    @Requirement("RFC6749-4.4")
    void aTokenForNothingOrForPeoplesDataIsRefused(String scope) {
        access.token(scope).send().isRefused(400, "invalid_scope", "no_client_scope");
    }

    @Test
    @Requirement("RFC6749-4.4")
    void aClientThatIsNotAuthenticatedOrSendsNoProofIsRefused() {
        access.token("events")
                .without("client_assertion")
                .send()
                .isRefused(401, "invalid_client", "missing_client_assertion");
        access.token("events").proofs().send().isRefused(400, "invalid_dpop_proof", "missing_dpop_proof");
    }

    @Test
    @Requirement("RFC6749-4.4")
    void aTokenOfAClientOpensNobodysData() {
        access.get("grant_management_query grant_management_revoke events deletion_attest");

        access.call("GET", "/userinfo").send().isRefused(401, "invalid_token", "invalid_access_token");
        access.call("POST", "/userinfo").send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("RFC6749-4.4")
    void aPersonIsNotAskedForAClientsOwnScopes() {
        Call par = bank.flow().par();

        par.with("scope", "openid name grant_management_query").send().isRefused(400, "invalid_scope", "unknown_scope");
    }
}

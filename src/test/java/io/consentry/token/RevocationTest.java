package io.consentry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Statements;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client gives back its own token (RFC 7009), and nobody else's. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RevocationTest {

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void redeem() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow().asking("openid name").untilToken(ClientFlow.COMPLETE);
    }

    @Test
    @Requirement("RFC7009-2.1")
    @Requirement("RFC7009-2.2")
    void aTokenThatWasGivenBackOpensNothingMore() {
        ClientFlow other = bank.flow().asking("openid name").untilToken(ClientFlow.COMPLETE);
        flow.fetch();

        Answer answer = flow.revocation().send().is(200);

        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.body()).isEmpty();
        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
        other.fetch();
    }

    @Test
    @Requirement("RFC7009-2.1")
    void theTokenOfAnotherClientIsNotRevokedAndTheClientIsTold() {
        Call byAnother = TestClient.ready("plain-lender").flow().revocation().with("token", flow.accessToken());

        byAnother.send().isRefused(400, "invalid_grant", "token_of_another_client");

        flow.fetch();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token", "id_token", "x", "\u202E"})
    @Requirement("RFC7009-2.1")
    @Requirement("RFC7009-2.2")
    void aHintIsNoMoreThanAHint(String hint) {
        flow.revocation().with("token_type_hint", hint).send().is(200);

        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' or 1=1 --", "\u202E", "a.b.c"})
    @Requirement("RFC7009-2.2")
    void aTokenThatNeverWasIsNoError(String token) {
        flow.revocation().with("token", token).send().is(200);

        flow.fetch();
    }

    @Test
    @Requirement("RFC7009-2.1")
    void aTokenIsLookedForUntilItIsFound() {
        String measured = UUID.randomUUID().toString();

        flow.revocation().header(Statements.HEADER, measured).send().is(200);

        assertThat(Statements.of(measured))
                .anyMatch(sql -> sql.contains("from access_token"))
                .noneMatch(sql -> sql.contains("from refresh_token") || sql.contains("from client_token"));
    }

    @Test
    @Requirement("RFC7009-2.2")
    void givingBackTwiceIsNoError() {
        flow.revocation().send().is(200);

        flow.revocation().send().is(200);
    }

    @Test
    @Requirement("RFC7009-2.1")
    @Requirement("RFC7009-2.2.1")
    void aRevocationWithoutTokenOrClientIsRefusedLikeATokenRequest() {
        flow.revocation().without("token").send().isRefused(400, "invalid_request", "missing_parameter");
        flow.revocation().with("token", "").send().isRefused(400, "invalid_request", "missing_parameter");
        flow.revocation().adding("token", "again").send().isRefused(400, "invalid_request", "duplicate_parameter");
        flow.revocation()
                .without("client_assertion")
                .send()
                .isRefused(401, "invalid_client", "missing_client_assertion");
        flow.revocation()
                .assertion(jwt -> jwt.forged())
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");

        flow.fetch();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    @Requirement("RFC7009-2.1")
    void onlyAPostRevokes(String method) {
        flow.revocation().method(method).send().isRefused(405, "invalid_request", "method_not_allowed");
        Call.to("GET", "/fapi/revoke?token=" + flow.accessToken() + "&callback=x")
                .send()
                .isRefused(405, "invalid_request", "method_not_allowed");

        flow.fetch();
    }
}

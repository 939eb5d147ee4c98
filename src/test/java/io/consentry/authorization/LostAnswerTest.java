package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The answer to a token request is lost: the honest client asks again and goes on; whoever else comes costs what was issued. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Tag(Effort.SLOW)
class LostAnswerTest {

    private static final String PERSON = "S8762201J";

    @Inject
    TestClock clock;

    private ClientFlow flow;

    @BeforeEach
    void aCode() {
        flow = TestClient.ready("merlion-wealth").flow().asking("openid name").push();
        flow.approve(PERSON);
    }

    @Test
    @Requirement("CX-AGAIN-6")
    void theSameClientKeyAndVerifierGetFreshTokensAndTheFirstOnesAreRevoked() {
        Answer lost = flow.token().send().is(200);
        clock.advance(Duration.ofSeconds(40));

        Answer again = flow.redeem();

        assertThat(again.text("access_token")).isNotEqualTo(lost.text("access_token"));
        assertThat(again.text("refresh_token")).isNotEqualTo(lost.text("refresh_token"));
        assertThat(again.text("scope")).isEqualTo(lost.text("scope"));
        assertThat(again.text("grant_id")).isEqualTo(lost.text("grant_id"));
        assertThat(again.text("id_token")).isNotEmpty();
        flow.fetch();
        flow.refresh(lost.text("refresh_token")).send().isRefused(400, "invalid_grant", "invalid_refresh_token");
        flow.refresh(again.text("refresh_token")).send().is(200);
        flow.userinfo(lost.text("access_token")).send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("CX-AGAIN-6")
    void onlyAFewTimes() {
        for (int i = 0; i < 4; i++) {
            flow.redeem();
        }

        reused(flow.token());

        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("CX-AGAIN-7")
    @Requirement("RFC6749-4.1.2")
    @Requirement("FAPI2-SP-5.3.2.2-9")
    void onceATokenWasUsedTheCodeIsUsed() {
        flow.redeem();
        flow.fetch();

        reused(flow.token());

        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("CX-AGAIN-7")
    void onceTheRefreshTokenWasUsedTheCodeIsUsed() {
        String refreshToken = flow.redeem().text("refresh_token");
        String fresh = flow.refresh(refreshToken).send().is(200).text("access_token");

        reused(flow.token());

        flow.userinfo(fresh).send().isRefused(401, "invalid_token", "invalid_access_token");
        flow.refresh(refreshToken).send().isRefused(400, "invalid_grant", "invalid_refresh_token");
    }

    @Test
    @Requirement("CX-AGAIN-7")
    void onceTheTokenWasGivenBackTheCodeIsUsed() {
        flow.redeem();
        flow.revocation().send().is(200);

        reused(flow.token());
    }

    @Test
    @Requirement("CX-AGAIN-7")
    void anotherKeyOrVerifierIsNoRetry() {
        for (String spoilt : List.of("key", "verifier", "redirect_uri")) {
            aCode();
            flow.redeem();
            Call token = flow.token();

            reused(
                    switch (spoilt) {
                        case "key" -> token.proofs(flow.client().flow().proof("POST", "/token"));
                        case "verifier" -> token.with("code_verifier", "a".repeat(43));
                        default -> token.with("redirect_uri", "https://elsewhere.example/");
                    });

            flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
        }
    }

    @Test
    @Requirement("CX-AGAIN-7")
    void afterTheCodesLifeItIsNoRetry() {
        flow.redeem();
        clock.advance(Duration.ofSeconds(61));

        reused(flow.token());
    }

    @Test
    @Requirement("CX-AGAIN-7")
    void anotherClientLearnsAndCostsNothing() {
        flow.redeem();

        TestClient.ready("harbour-bank")
                .flow()
                .code(flow.code())
                .token()
                .with("code_verifier", flow.verifier())
                .with("redirect_uri", flow.redirectUri())
                .send()
                .isRefused(400, "invalid_grant", "invalid_code");

        flow.fetch();
    }

    @Test
    @Requirement("CX-AGAIN-7")
    void whatWasWithdrawnMeanwhileIsNotAnsweredAgain() {
        String grant = flow.redeem().text("grant_id");
        TestResident.signIn(PERSON).withdraw(grant).is(204);

        flow.token().send().isRefused(400, "invalid_grant", "invalid_code");
    }

    @Test
    @Requirement("CX-AGAIN-8")
    void anIdTokenWithFactsThatIsMadeAgainIsARelease() {
        ClientFlow login = TestClient.ready("lantern-pay").flow().asking("openid user.identity name");
        login.pushed(login.par().with("authentication_context_type", "APP_AUTHENTICATION_DEFAULT"))
                .approve(PERSON);
        String grant = login.redeem().text("grant_id");

        login.redeem();

        List<String> releases = new ArrayList<>();
        TestResident.signIn(PERSON).told(grant, "/releases").forEach(event -> releases.add(event.toString()));
        assertThat(releases).as("one entry for each ID token").hasSize(2);
        login.userinfo().send().is(200);
    }

    @Test
    @Requirement("CX-AGAIN-6")
    void ofRequestsThatComeAtOnceTheTokenOfTheLastIsGood() throws Exception {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                aCode();
                Callable<Answer> send = flow.token()::send;
                Callable<Answer> retry = flow.token()::send;

                List<Answer> answers = senders.invokeAll(List.of(send, retry)).stream()
                        .map(Future::resultNow)
                        .toList();

                assertThat(answers).extracting(Answer::status).containsExactly(200, 200);
                assertThat(answers)
                        .extracting(answer -> flow.userinfo(answer.text("access_token"))
                                .send()
                                .status())
                        .containsExactlyInAnyOrder(200, 401);
            }
        }
    }

    private static void reused(Call token) {
        token.send().isRefused(400, "invalid_grant", "code_reused");
    }
}

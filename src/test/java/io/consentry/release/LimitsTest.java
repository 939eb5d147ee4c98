package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often a purpose lets a grant be used, over HTTP. */
@QuarkusTest
class LimitsTest {

    private static final Duration MINUTES = Duration.ofMinutes(10);

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    @Test
    @Requirement("CX-LIMIT-1")
    void aOneTimeGrantIsUsedOnceAndIsOverThen() {
        ClientFlow flow = flow("age_check", "openid name dob").untilToken(ClientFlow.COMPLETE);

        flow.fetch();

        Answer again = flow.userinfo().send().is(401);
        assertThat(again.text("error")).isEqualTo("invalid_token");
        assertThat(again.text("code")).isEqualTo("consent_used_up");
        assertThat(TestResident.signIn(ClientFlow.COMPLETE)
                        .newest()
                        .path("status")
                        .asText())
                .isEqualTo("exhausted");
    }

    @Test
    @Requirement("CX-LIMIT-1")
    void oneReleaseMoreThanThePeriodAllowsIsToldWhenToComeBack() {
        ClientFlow flow = flow("domestic_helper", "openid name").untilToken(ClientFlow.COMPLETE);
        for (int i = 0; i < 5; i++) {
            flow.fetch();
            clock.advance(Duration.ofMinutes(1));
        }

        Answer sixth = flow.userinfo().send().is(429);

        assertThat(sixth.text("code")).isEqualTo("release_too_often");
        assertThat(Long.parseLong(sixth.header("Retry-After").orElseThrow()))
                .isBetween(
                        Duration.ofDays(1).minus(MINUTES).toSeconds(),
                        Duration.ofDays(1).toSeconds());
    }

    @Test
    @Requirement("CX-PURPOSE-1")
    void whatThePurposeDoesNotNeedIsRefusedAndNamed() {
        ClientFlow flow = flow("tenancy", "openid name cpfbalances.oa chas");

        Answer refused = flow.par().send().is(400);

        assertThat(refused.text("error")).isEqualTo("invalid_scope");
        assertThat(refused.text("code")).isEqualTo("scope_exceeds_purpose");
        assertThat(refused.text("received")).contains("cpfbalances.oa", "chas");
    }

    private ClientFlow flow(String purpose, String scope) {
        return TestClient.registered(
                        clients,
                        (ObjectNode metadata) -> metadata.put("purpose", purpose)
                                .put("scope", scope)
                                .put("optional_scope", ""))
                .flow();
    }
}

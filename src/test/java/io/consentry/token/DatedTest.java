package io.consentry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.ConsentFixture;
import io.consentry.database.Sweeper;
import io.consentry.kernel.Handle;
import io.consentry.person.Assurance;
import io.consentry.person.Sessions;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a clock that was wrong has dated opens nothing, and what was used stays used whatever it says. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class DatedTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    TestClock clock;

    @Inject
    UsedJtis jtis;

    @Inject
    Sweeper sweeper;

    @Inject
    Sessions sessions;

    @Inject
    ConsentFixture fixture;

    @Test
    @Requirement("CX-CLOCK-2")
    void aTokenFromTheFutureOpensNothing() {
        clock.advance(HOUR);
        ClientFlow flow = TestClient.ready("harbour-bank").flow().untilToken(ClientFlow.COMPLETE);

        clock.reset();

        flow.userinfo().send().isRefused(401, "invalid_token", "access_token_expired");
    }

    @Test
    @Requirement("CX-CLOCK-2")
    void aSessionFromTheFutureIsNone() {
        clock.advance(HOUR);
        Handle session = sessions.open(fixture.person(), "test", Assurance.ofLevel(2));
        assertThat(sessions.find(session)).isPresent();

        clock.reset();

        assertThat(sessions.find(session)).isEmpty();
    }

    @Test
    @Requirement("CX-CLOCK-1")
    void aJumpOfTheClockLetsNothingBeUsedTwice() {
        String jti = UUID.randomUUID().toString();
        Instant until = clock.instant().plusSeconds(60);
        assertThat(jtis.useOnce("client/test", jti, until)).isTrue();

        clock.jump(Duration.ofDays(400));
        sweeper.sweep();

        assertThat(jtis.useOnce("client/test", jti, until)).isFalse();
    }

    @Test
    @Requirement("CX-CLOCK-1")
    void whatWasUsedIsRememberedForLongerThanAnyNodeCouldTakeIt() {
        String jti = UUID.randomUUID().toString();
        Instant until = clock.instant().plusSeconds(60);
        jtis.useOnce("client/test", jti, until);
        clock.advance(Duration.ofMinutes(15));
        sweeper.sweep();
        assertThat(jtis.useOnce("client/test", jti, until)).isFalse();

        clock.advance(Duration.ofMinutes(2));
        sweeper.sweep();

        assertThat(jtis.useOnce("client/test", jti, until)).isTrue();
    }
}

package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be served in time is refused at once, and what waits for agencies keeps nothing else waiting. */
@QuarkusTest
@TestProfile(ShortPatience.class)
@Timeout(60)
@Tag(Effort.SLOW)
class AdmissionTest {

    private static final int MANY = 5 * ShortPatience.RELEASES;

    @Inject
    CircuitBreakerMaintenance breakers;

    private ClientFlow flow;

    @BeforeEach
    void aGrantAndASlowAgency() {
        flow = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name cpfbalances.oa")
                .untilToken(ClientFlow.COMPLETE);
        Call.json("PUT", "/sandbox/agencies/cpfb/fault", "{\"kind\":\"slow\",\"seconds\":1}")
                .send()
                .is(204);
    }

    @AfterEach
    void itBehavesAgain() {
        Call.to("DELETE", "/sandbox/agencies/cpfb/fault").send().is(204);
        breakers.resetAll();
    }

    @Test
    @Requirement("CX-HTTP-7")
    void slowAgenciesKeepNothingElseWaiting() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> fetches = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                Call fetch = flow.userinfo();
                fetches.add(callers.submit(fetch::send));
            }

            for (String path : List.of("/.well-known/keys", "/docs", "/fapi/.well-known/openid-configuration")) {
                Call.to("GET", path).send().is(200);
            }

            int served = 0;
            for (Future<Answer> fetch : fetches) {
                Answer answer = fetch.get();
                if (answer.status() == 200) {
                    served++;
                } else {
                    answer.isRefused(503, "temporarily_unavailable", "overloaded");
                    assertThat(answer.header("Retry-After"))
                            .hasValueSatisfying(
                                    wait -> assertThat(Integer.parseInt(wait)).isPositive());
                }
            }
            assertThat(served).isBetween(ShortPatience.RELEASES, MANY - 1);
        }
        flow.userinfo().send().is(200);
    }

    @Test
    void aCallerWhoHangsUpHoldsAPlaceForAsLongAsTheWorkGoesOn() throws Exception {
        for (int i = 0; i < ShortPatience.RELEASES; i++) {
            hangUpAfter(flow.userinfo());
        }

        assertThat(flow.userinfo().send().status()).isIn(200, 503);

        long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (flow.userinfo().send().status() != 200) {
            assertThat(System.nanoTime()).as("the places were given back").isLessThan(patience);
            Thread.sleep(100);
        }
    }

    private static void hangUpAfter(Call fetch) throws Exception {
        try (var socket = new Socket("127.0.0.1", URI.create(Service.base()).getPort())) {
            socket.getOutputStream().write(fetch.head().getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(100); // long enough to be at work on it, and less than the agency takes
        }
    }
}

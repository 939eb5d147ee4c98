package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promise 2 as a client sees it, over HTTP. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Tag(Effort.SLOW)
class WithdrawalUnderLoadTest {

    private static final int CLIENTS = 16;

    private record Attempt(long startedAt, Answer answer) {}

    @RepeatedTest(5)
    @Requirement("CX-2")
    void onceAWithdrawalIsAnsweredNoCallThatStartsLaterSucceeds() throws Exception {
        ClientFlow flow =
                TestClient.ready("orchard-finance").flow().asking("name").untilToken(ClientFlow.COMPLETE);
        TestResident resident = TestResident.signIn(ClientFlow.COMPLETE);
        String grant = resident.newestGrant();
        var stop = new AtomicBoolean();
        List<Attempt> attempts = new ArrayList<>();
        long answeredAt;

        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            Callable<List<Attempt>> hammer = () -> hammer(flow, stop);
            List<Future<List<Attempt>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(hammer));
            }
            Thread.sleep(600);
            long askedAt = System.nanoTime();
            resident.withdraw(grant).is(204);
            answeredAt = System.nanoTime();
            assertThat(answeredAt - askedAt).isLessThan(3_000_000_000L);
            Thread.sleep(300);
            stop.set(true);
            for (Future<List<Attempt>> client : clients) {
                attempts.addAll(client.get());
            }
        }

        assertThat(attempts).anyMatch(attempt -> attempt.answer().status() == 200);
        assertThat(attempts).anyMatch(attempt -> attempt.startedAt() > answeredAt);
        for (Attempt attempt : attempts) {
            if (attempt.answer().status() != 200) {
                attempt.answer().isRefused(401, "invalid_token", "consent_withdrawn");
            }
            assertThat(attempt.startedAt() > answeredAt && attempt.answer().status() == 200)
                    .isFalse();
        }
    }

    private static List<Attempt> hammer(ClientFlow flow, AtomicBoolean stop) {
        List<Attempt> attempts = new ArrayList<>();
        while (!stop.get()) {
            Call call = flow.userinfo();
            attempts.add(new Attempt(System.nanoTime(), call.send()));
        }
        return attempts;
    }
}

package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.CapturedLog;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.Mutations;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every parser that meets the network, fed with spoilt input: no 5xx, nothing of the inside, an error in one of our forms,
 * and no secret in the log. {@code -Dconsentry.seed} repeats a run, {@code -Dconsentry.soak} makes it ten times as long.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Tag(Effort.SLOW)
class ProtocolFuzzTest {

    private static final int INPUTS = Effort.of(800, 20_000);

    /** The beginning of any JWT that is long enough to be one: an assertion, a proof, an ID token. */
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{12,}\\.[A-Za-z0-9_-]{12,}");

    private final TestClient bank = TestClient.ready("plain-lender");
    private ClientFlow flow;
    private TestResident resident;

    @BeforeEach
    void begin() {
        flow = bank.flow().asking("openid name").untilToken(ClientFlow.COMPLETE);
        resident = TestResident.signIn(ClientFlow.COMPLETE);
    }

    @Test
    @Requirement("CX-FUZZ-1")
    @Requirement("CX-FUZZ-2")
    void noInputBreaksTheServiceOrMakesItTalk() {
        long seed = Long.getLong("consentry.seed", System.nanoTime());
        ClientFlow toRevoke = bank.flow().asking("openid name").untilToken(ClientFlow.COMPLETE);
        var targets = new ArrayList<>(
                new SpoiltRequests(bank, flow, toRevoke, resident).targets().entrySet());
        Map<String, String> wrongAnswers = new TreeMap<>();
        try (var log = new CapturedLog()) {
            for (int i = 0; i < INPUTS; i++) {
                var target = targets.get(i % targets.size());
                var wrong = new Mutations(new Random(seed + i));

                Answer answer = target.getValue().apply(wrong).send();

                String repeat = ", repeat with -Dconsentry.seed=" + (seed + i) + ": ";
                complaint(answer).ifPresent(what -> wrongAnswers.putIfAbsent(target.getKey(), repeat + what));
            }
            assertThat(wrongAnswers).isEmpty();
            assertThat(log.lines()).as("seed %d", seed).isNotEmpty().allSatisfy(this::holdsNoSecret);
        }
        bank.flow().asking("openid name").wholeFlow(ClientFlow.COMPLETE);
    }

    private static Optional<String> complaint(Answer answer) {
        try {
            isOneOfOurs(answer);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(answer.status() + " " + e.getMessage());
        }
    }

    private static void isOneOfOurs(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        if (answer.status() >= 400) {
            boolean page = answer.header("Content-Type").orElse("").startsWith("text/html");
            assertThat(answer.header("X-Trace-Id")).isPresent();
            assertThat(answer.body())
                    .contains(
                            page ? "<code>" : "\"code\"",
                            answer.header("X-Trace-Id").orElseThrow());
        }
        answer.saysNothingOfTheInside();
    }

    private void holdsNoSecret(String line) {
        List<String> secrets = List.of(
                flow.accessToken(),
                flow.code(),
                flow.verifier(),
                flow.requestUri().substring("urn:ietf:params:oauth:request_uri:".length()),
                resident.cookie().substring(resident.cookie().indexOf('=') + 1),
                ClientFlow.COMPLETE);
        secrets.forEach(secret -> assertThat(line).doesNotContain(secret));
        assertThat(JWT.matcher(line).find()).as(line).isFalse();
    }
}

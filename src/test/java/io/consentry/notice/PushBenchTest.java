package io.consentry.notice;

import io.consentry.kernel.GrantId;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestReceiver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long after an act its event arrives at a client that is up, against a bare POST to the same receiver in the same run:
 * {@code ./mvnw test -Dtest=PushBenchTest -Dconsentry.bench.pushes=200}. The result lies in {@code target/push-bench.json}.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@EnabledIfSystemProperty(named = "consentry.bench.pushes", matches = "[0-9]+")
class PushBenchTest {

    private static final int PUSHES = Integer.getInteger("consentry.bench.pushes", 0);

    @Inject
    ToldClient told;

    @Test
    void anEventArrivesSoonAfterTheAct() throws Exception {
        try (TestReceiver receiver = TestReceiver.start()) {
            TestClient client = told.pushedTo(receiver);
            GrantId grant = ToldClient.granted(client);
            receiver.await(1);
            var late = new long[PUSHES];
            for (int i = 0; i < PUSHES; i++) {
                if (i % 2 == 0) {
                    told.pause(grant);
                } else {
                    told.resume(grant);
                }
                long acted = System.nanoTime();
                late[i] = receiver.await(i + 2).get(i + 1).atNanos() - acted;
            }
            Arrays.sort(late);
            String result = String.format(
                    Locale.ROOT,
                    "{\"pushes\": %d, \"p50_ms\": %.0f, \"p99_ms\": %.0f, \"max_ms\": %.0f, \"bare_post_p50_ms\": %.1f,"
                            + " \"processors\": %d}%n",
                    PUSHES,
                    late[PUSHES / 2] / 1e6,
                    late[PUSHES * 99 / 100] / 1e6,
                    late[PUSHES - 1] / 1e6,
                    barePost(receiver) / 1e6,
                    Runtime.getRuntime().availableProcessors());
            Files.writeString(Path.of("target", "push-bench.json"), result);
            System.out.print(result);
        }
    }

    private static long barePost(TestReceiver receiver) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(receiver.address())
                .POST(BodyPublishers.ofString("x".repeat(900)))
                .build();
        var took = new long[PUSHES];
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < PUSHES; i++) {
                long begin = System.nanoTime();
                http.send(post, BodyHandlers.discarding());
                took[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(took);
        return took[PUSHES / 2];
    }
}

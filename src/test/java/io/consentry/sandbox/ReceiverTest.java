package io.consentry.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestReceiver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example receiver of the sandbox, and the ready-made client that is pushed to there. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ReceiverTest {

    private static final String AT = "/sandbox/receiver/kopi-rental";

    @Inject
    TestClock clock;

    @BeforeEach
    void nothingCameYet() {
        Call.to("DELETE", AT + "/fault").send().is(204);
        Call.to("DELETE", AT).send().is(204);
    }

    @Test
    @Requirement("CX-SBX-1")
    void whatItGotIsShownToProgramsAndPeople() {
        approve();

        JsonNode event = await(1).getFirst();

        assertThat(event.path("answered").asInt()).isEqualTo(202);
        assertThat(event.at("/claims/aud").toString()).contains("kopi-rental");
        assertThat(event.path("token").asText()).isNotBlank();
        assertThat(Call.to("GET", AT)
                        .header("Accept", "text/html")
                        .send()
                        .is(200)
                        .body())
                .contains("/fapi/events/granted", event.at("/claims/jti").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "error", "garbage", "oversized", "twice"})
    @Requirement("CX-SBX-1")
    void itFailsAsItIsToldAndGetsTheEventOnceItBehaves(String kind) {
        Call.json("PUT", AT + "/fault", "{\"kind\": \"" + kind + "\"}").send().is(204);
        approve();
        int kept = kind.equals("twice") ? 2 : 0;
        if (kept == 0) {
            Call.to("DELETE", AT + "/fault").send().is(204);
        }
        clock.advance(Duration.ofHours(1));

        List<JsonNode> came = await(Math.max(1, kept));

        var ids = new HashSet<String>();
        came.forEach(each -> ids.add(each.at("/claims/jti").asText()));
        assertThat(ids).hasSize(1);
    }

    @Test
    @Requirement("CX-SBX-1")
    void whatIsNoEventOrForSomebodyElseIsRefused() {
        post("nonsense").is(400);
        approve();
        String token = await(2).getFirst().path("token").asText();

        assertThat(Call.to("POST", "/sandbox/receiver/another-client")
                        .header("Content-Type", "application/secevent+jwt")
                        .body(token)
                        .send()
                        .is(400)
                        .text("err"))
                .isEqualTo("invalid_request");
        Call.json("PUT", AT + "/fault", "{\"kind\": \"moody\"}").send().is(400);
    }

    private static io.consentry.testing.Answer post(String token) {
        return Call.to("POST", AT)
                .header("Content-Type", "application/secevent+jwt")
                .body(token)
                .send();
    }

    private static void approve() {
        ClientFlow flow = TestClient.ready("kopi-rental").flow();
        flow.push();
        flow.approve(ClientFlow.COMPLETE);
    }

    private static List<JsonNode> await(int count) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        var came = new ArrayList<JsonNode>();
        do {
            TestReceiver.pause();
            came.clear();
            Call.to("GET", AT)
                    .header("Accept", "application/json")
                    .send()
                    .is(200)
                    .json()
                    .forEach(came::add);
        } while (came.size() < count && System.nanoTime() < deadline);
        assertThat(came).hasSizeGreaterThanOrEqualTo(count);
        return came;
    }
}

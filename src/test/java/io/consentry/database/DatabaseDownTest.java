package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.DatabaseProxy;
import io.consentry.testing.Effort;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Without its database the service refuses in order, everywhere, and is whole again as soon as it is back. */
@QuarkusTest
@TestProfile(DatabaseProxy.Between.class)
@Tag(Effort.SLOW)
class DatabaseDownTest {

    private final Map<String, Call> calls = new LinkedHashMap<>();
    private ClientFlow flow;

    @BeforeEach
    void everyKindOfRequest() {
        TestClient bank = TestClient.ready("harbour-bank");
        flow = bank.flow().asking("openid name email").untilToken(ClientFlow.COMPLETE);
        ClientFlow open = bank.flow().asking("openid name").push();
        ClientAccess access = ClientAccess.of(bank, "grant_management_query grant_management_revoke");
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);
        String grant = person.newestGrant();
        String page = "/consent/" + java.util.UUID.randomUUID();
        calls.put("push", bank.flow().par());
        calls.put("authorize", open.authorize());
        calls.put("decide", open.decision(ClientFlow.COMPLETE, "approve"));
        calls.put("token", open.code("no-such-code").token());
        calls.put("client token", access.token("grant_management_query"));
        calls.put("record", flow.userinfo());
        calls.put("revoke", flow.revocation());
        calls.put("grant", access.call("GET", "/grants/" + grant));
        calls.put("give back", access.call("DELETE", "/grants/" + grant));
        calls.put(
                "poll",
                access.call("POST", "/events/poll")
                        .header("Content-Type", "application/json")
                        .body("{}"));
        calls.put("sign in", TestResident.signingIn(ClientFlow.COMPLETE));
        calls.put("consents", person.call("GET", "/consents"));
        calls.put("activity", person.call("GET", "/activity"));
        calls.put("withdraw", person.call("POST", "/consents/" + grant + "/withdraw"));
        calls.put("pause", person.call("POST", "/consents/" + grant + "/pause"));
        calls.put("export", person.call("GET", "/consents/export"));
        calls.put("history", person.call("GET", "/consents/" + grant + "/versions"));
        calls.put("page", Call.to("GET", page).header("Cookie", person.cookie()).header("Accept", "text/html"));
        calls.put(
                "own pages",
                Call.to("GET", "/me").header("Cookie", person.cookie()).header("Accept", "text/html"));
    }

    @AfterEach
    void heal() {
        DatabaseProxy.heal();
    }

    @Test
    @Requirement("CX-TRUTH-2")
    void everyRequestIsRefusedInOrderAndServedAgainOnceItIsBack() throws Exception {
        DatabaseProxy.goDown();

        sendAll().forEach(DatabaseDownTest::isRefusedInOrder);

        DatabaseProxy.heal();
        flow.fetch();
    }

    /** A statement is on its way when the cable is pulled. */
    @Test
    @Requirement("CX-TRUTH-3")
    void aSilentCutFreesEveryThreadWithinSeconds() throws Exception {
        DatabaseProxy.goSilent();
        long begin = System.nanoTime();

        sendAll().forEach(DatabaseDownTest::isRefusedInOrder);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        DatabaseProxy.heal();
        flow.fetch();
    }

    private static void isRefusedInOrder(String what, Answer answer) {
        assertThat(answer.status()).as(what + ": " + answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).as(what).isPresent();
        answer.saysNothingOfTheInside();
    }

    private Map<String, Answer> sendAll() throws Exception {
        var sent = new LinkedHashMap<String, Future<Answer>>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            calls.forEach((what, call) -> sent.put(what, threads.submit(call::send)));
            var answers = new LinkedHashMap<String, Answer>();
            for (var each : sent.entrySet()) {
                answers.put(each.getKey(), each.getValue().get(25, TimeUnit.SECONDS));
            }
            return answers;
        }
    }
}

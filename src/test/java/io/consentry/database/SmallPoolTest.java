package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pool that is far too small slows everybody and stops nobody: no request keeps a connection for longer than a transaction. */
@QuarkusTest
@Tag(Effort.SLOW)
class SmallPoolTest {

    private static final List<String> AGENCIES =
            List.of("ica", "msf", "singpass", "ura", "hdb", "iras", "cpfb", "lta", "tp");

    @Inject
    AgroalDataSource pool;

    @Inject
    Clients clients;

    private final TestClient bank = TestClient.ready("harbour-bank");

    @AfterEach
    void restore() {
        resize(32);
        AGENCIES.forEach(agency -> Call.to("DELETE", "/sandbox/agencies/" + agency + "/fault")
                .send()
                .is(204));
    }

    @Test
    @Requirement("CX-DB-6")
    void oneConnectionIsEnoughForTheWholeApi() {
        resize(1);

        ClientFlow flow = bank.flow().asking("openid name email").untilToken(ClientFlow.COMPLETE);
        flow.fetch();
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);
        String grant = person.newestGrant();
        ClientAccess access = ClientAccess.of(bank, "grant_management_query grant_management_revoke");
        access.call("GET", "/grants/" + grant).send().is(200);
        List.of("", "/versions", "/releases", "/events", "/obligations", "/record")
                .forEach(part ->
                        person.call("GET", "/consents/" + grant + part).send().is(200));
        List.of("/activity", "/consents", "/consents/export")
                .forEach(path -> person.call("GET", path).send().is(200));
        List.of("pause", "resume").forEach(act -> person.act(grant, act).is(204));
        List.of("/me", "/me/activity", "/me/consents/" + grant, "/me/consents/" + grant + "/withdraw")
                .forEach(path -> Call.to("GET", path)
                        .header("Cookie", person.cookie())
                        .header("Accept", "text/html")
                        .send()
                        .is(200));
        flow.revocation().send().is(200);
        access.call("DELETE", "/grants/" + grant).send().is(204);
        bank.flow().asking("openid name").push().refuse(ClientFlow.COMPLETE);
        Visit visit = Visit.as(ClientFlow.COMPLETE);
        String page = Visit.asked("harbour-bank", "openid name");
        assertThat(visit.send(page, page, Map.of("decision", "approve")).statusCode())
                .isEqualTo(303);
    }

    @Test
    @Requirement("CX-DB-6")
    void threeConnectionsServeAHundredAtOnceWhileEveryAgencyIsSlow() throws Exception {
        ClientFlow flow = bank.flow().untilToken(ClientFlow.COMPLETE);
        Visit visit = Visit.as(ClientFlow.COMPLETE);
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);
        String page = Visit.asked("harbour-bank");
        visit.get(page);
        AGENCIES.forEach(agency -> Call.json(
                        "PUT", "/sandbox/agencies/" + agency + "/fault", "{\"kind\":\"slow\",\"seconds\":1}")
                .send()
                .is(204));
        resize(3);

        var calls = new ArrayList<Supplier<Answer>>();
        for (int i = 0; i < 25; i++) {
            calls.add(() -> flow.userinfo().send());
            calls.add(
                    () -> Call.to("GET", page).header("Cookie", person.cookie()).send());
            calls.add(() -> bank.flow().par().send());
            calls.add(() -> person.call("GET", "/activity").send());
        }

        for (Answer answer : atOnce(calls)) {
            boolean inOrder = answer.status() < 500
                    || answer.status() == 503 && answer.header("Retry-After").isPresent();
            assertThat(inOrder).as(answer.status() + " " + answer.body()).isTrue();
        }
    }

    @Test
    @Requirement("CX-DB-6")
    void aClientWhoseServerIsSilentStarvesNobody() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestClient client = TestClient.registered(clients, metadata -> {
                metadata.remove("jwks");
                metadata.put("jwks_uri", "http://127.0.0.1:" + silent.getLocalPort() + "/keys");
            });
            resize(3);
            List<Future<Answer>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(threads.submit(() -> client.flow().par().send()));
            }
            silent.accept().getInputStream().read();

            bank.flow().asking("openid name").untilToken(ClientFlow.COMPLETE).fetch();

            assertThat(waiting).as("still waiting").noneMatch(Future::isDone);
            silent.close();
            for (Future<Answer> each : waiting) {
                assertThat(each.get(30, TimeUnit.SECONDS).status()).isEqualTo(502);
            }
        }
    }

    private void resize(int size) {
        pool.getConfiguration().connectionPoolConfiguration().setMaxSize(size);
    }

    private static List<Answer> atOnce(List<Supplier<Answer>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sent =
                    calls.stream().map(call -> threads.submit(call::get)).toList();
            var answers = new ArrayList<Answer>();
            for (Future<Answer> each : sent) {
                answers.add(each.get(60, TimeUnit.SECONDS));
            }
            return answers;
        }
    }
}

package io.consentry.program.nodes;

import static io.consentry.program.nodes.TwoNodes.BASE;
import static io.consentry.program.nodes.TwoNodes.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.program.Acknowledged;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.Traffic;
import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.RunningService;
import io.consentry.testing.RunningService.Operated;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two nodes behind one address and on one database, which also start at the same moment on an empty one. Whichever node a
 * request reaches, the answer is the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(TwoNodes.Shared.class)
class TwoNodesTest {

    private static final int ROUNDS = 10;
    private static final int LANES = 4;
    /** Each with a whole flow of its own over HTTP; the same races by the thousand in one process: {@code ConsentRaceTest}. */
    private static final int PAIRS = Integer.getInteger("consentry.pairs", Effort.of(40, 10_000));

    private final TwoNodes nodes;
    private final Wire wire;

    TwoNodesTest(TwoNodes nodes) throws Exception {
        this.nodes = nodes;
        this.wire = nodes.wire;
        nodes.bothUp();
    }

    @Test
    @Order(1)
    void bothSignWithTheSameKeysAndKnowTheSameClients() throws Exception {
        JsonNode keys = wire.get(nodes.first.base().resolve("/.well-known/keys"))
                .expect(200)
                .json();

        assertThat(keys.get("keys")).hasSize(1);
        assertThat(wire.get(nodes.second.base().resolve("/.well-known/keys")).json())
                .isEqualTo(keys);
        assertThat(Bank.all(wire, nodes.second.base()).findValues("jwks"))
                .isEqualTo(Bank.all(wire, nodes.first.base()).findValues("jwks"));
    }

    @Test
    @Order(2)
    void everyStepMayReachAnotherNode() throws Exception {
        Bank bank = visit();

        String requestUri = bank.push(nodes.first.base())
                .expect(201)
                .json()
                .get("request_uri")
                .asText();
        String code = Bank.code(bank.decide(nodes.second.base(), requestUri, PERSON, "approve"));
        String token = bank.redeem(nodes.first.base(), code)
                .expect(200)
                .json()
                .get("access_token")
                .asText();
        JsonNode released = bank.open(bank.fetch(nodes.second.base(), token));

        assertThat(released.at("/person_info/uinfin/value").asText()).isEqualTo(PERSON);
        assertThat(released.get("iss").asText()).isEqualTo(BASE + "/fapi");
    }

    @Test
    @Order(3)
    void whatWasUsedAtOneNodeIsRefusedAtTheOther() throws Exception {
        Bank bank = visit();
        Answer pushed = bank.push(nodes.first.base()).expect(201);
        String token = bank.accessToken(nodes.first.base(), PERSON);
        Answer fetched = bank.fetch(nodes.first.base(), token).expect(200);

        Answer sameAssertion = wire.send(again(pushed.request(), nodes.second.base()));
        Answer sameProof = wire.send(again(fetched.request(), nodes.second.base()));

        assertThat(sameAssertion.expect(401).code()).isEqualTo("client_assertion_replayed");
        assertThat(sameProof.code()).isEqualTo("dpop_proof_replayed");
        assertThat(sameProof.body()).doesNotContain("person_info");
    }

    @Test
    @Order(4)
    void ofACodeSentToBothNodesAtOnceOneAnswerIsGood() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Bank bank = visit();
            String requestUri = bank.push(nodes.first.base())
                    .expect(201)
                    .json()
                    .get("request_uri")
                    .asText();
            String code = Bank.code(bank.decide(nodes.first.base(), requestUri, PERSON, "approve"));

            List<Answer> answers =
                    atOnce(() -> bank.redeem(nodes.first.base(), code), () -> bank.redeem(nodes.second.base(), code));

            assertThat(answers)
                    .as("the second is the first one's retry")
                    .extracting(Answer::status)
                    .containsExactly(200, 200);
            var statuses = new ArrayList<Integer>();
            for (Answer answer : answers) {
                String token = answer.json().get("access_token").asText();
                statuses.add(bank.fetch(nodes.first.base(), token).status());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 401);
        }
    }

    @Test
    @Order(5)
    @Requirement("CX-2")
    void aWithdrawalAtOneNodeHoldsAtTheOtherOnTheVeryNextCall() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Bank bank = visit();
            String token = bank.accessToken(nodes.first.base(), PERSON);
            String grantId = bank.open(bank.fetch(nodes.second.base(), token))
                    .at("/consent/grant_id")
                    .asText();
            Customer customer = Customer.signIn(wire, nodes.first.base(), PERSON);

            customer.withdraw(nodes.first.base(), grantId).expect(204);

            assertThat(bank.fetch(nodes.second.base(), token).expect(401).code())
                    .isEqualTo("consent_withdrawn");
        }
    }

    @Test
    @Order(6)
    @Requirement("CX-OP-4")
    void aClientThatAnOperatorSuspendsIsRefusedByBothNodesWithItsNextCall() throws Exception {
        Bank bank = visit();
        String token = bank.accessToken(nodes.first.base(), PERSON);
        String requestUri = bank.push(nodes.first.base())
                .expect(201)
                .json()
                .get("request_uri")
                .asText();
        Operated suspended = RunningService.operate(nodes.first.plan(), "clients", "suspend", "harbour-bank");

        assertThat(suspended.exit()).as(suspended.err()).isZero();
        for (RunningService node : List.of(nodes.second, nodes.first)) {
            assertThat(bank.push(node.base()).expect(401).code()).isEqualTo("client_suspended");
            assertThat(bank.redeem(node.base(), "any").expect(401).code()).isEqualTo("client_suspended");
            assertThat(bank.fetch(node.base(), token).expect(401).code()).isEqualTo("client_suspended");
            assertThat(bank.decide(node.base(), requestUri, PERSON, "approve").status())
                    .isGreaterThanOrEqualTo(400);
        }

        assertThat(RunningService.operate(nodes.first.plan(), "clients", "activate", "harbour-bank")
                        .exit())
                .isZero();
        bank.fetch(nodes.second.base(), token).expect(200);
    }

    @Test
    @Order(7)
    @Requirement("CX-KEY-3")
    @Requirement("CX-OP-3")
    void bothNodesPublishTheKeyThatAnOperatorMakesAndSayWhoItWas() throws Exception {
        Operated rotated = RunningService.operate(nodes.second.plan(), "keys", "rotate");
        Operated again = RunningService.operate(nodes.first.plan(), "keys", "rotate");

        assertThat(rotated.out()).as(rotated.err()).startsWith("Published the next signing key. ");
        assertThat(again.out()).startsWith("A next key is published already");
        for (RunningService node : List.of(nodes.first, nodes.second)) {
            await(() -> wire.get(node.base().resolve("/.well-known/keys"))
                            .json()
                            .get("keys")
                            .size()
                    == 2);
            await(() -> node.output().contains("Operator " + System.getProperty("user.name")));
            await(() -> node.output().contains("clients suspend harbour-bank"));
        }
        Bank bank = visit();
        bank.open(bank.fetch(nodes.second.base(), bank.accessToken(nodes.first.base(), PERSON)));
    }

    @Test
    @Order(8)
    @Requirement("CX-LIMIT-1")
    void ofTwoNodesThatRaceForTheOnlyReleaseOneMakesIt() throws Exception {
        raceForTheLast(PAIRS, "age-gate", 0, "consent_used_up");
    }

    @Test
    @Order(9)
    @Requirement("CX-LIMIT-1")
    void ofTwoNodesThatRaceForTheLastReleaseOfADayOneMakesIt() throws Exception {
        raceForTheLast(PAIRS / 3, "merlion-wealth", 3, "release_too_often");
    }

    /** Each pair on a grant of its own, of which so many releases were made before; one is left. */
    private void raceForTheLast(int pairs, String client, int before, String refusal) throws Exception {
        var left = new AtomicInteger(pairs);
        Callable<Void> lane = () -> {
            while (left.getAndDecrement() > 0) {
                Bank bank = nodes.visit(client);
                String token = bank.accessToken(nodes.first.base(), PERSON, Map.of("scope", "openid name"));
                for (int made = 0; made < before; made++) {
                    bank.fetch(nodes.first.base(), token).expect(200);
                }

                List<Answer> answers = atOnce(
                        () -> bank.fetch(nodes.first.base(), token), () -> bank.fetch(nodes.second.base(), token));

                assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
                for (Answer answer : answers) {
                    assertThat(answer.status() == 200 || answer.code().equals(refusal))
                            .as(answer.body())
                            .isTrue();
                }
                assertThat(bank.fetch(nodes.second.base(), token).code()).isEqualTo(refusal);
            }
            return null;
        };
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            for (Future<Void> each : lanes.invokeAll(Collections.nCopies(LANES, lane))) {
                each.get();
            }
        }
    }

    @Test
    @Order(10)
    @Requirement("CX-1")
    void twoSequencersGiveOneDenseOrderAndOneAloneGoesOnWithIt() throws Exception {
        var acknowledged = new Acknowledged();
        try (var here = Traffic.at(nodes.first.base(), BASE, acknowledged, 1);
                var there = Traffic.at(nodes.second.base(), BASE, acknowledged, 2)) {
            until(acknowledged, 200);
            nodes.second.kill();
            until(acknowledged, acknowledged.count() + 100);
            there.close();
            here.close();

            assertThat(here.unexpected()).isEmpty();
            assertThat(there.unexpected()).isEmpty();
        }

        assertThat(nodes.ledgerProblems()).isEmpty();
        try (Connection database = nodes.folder.asSuperuser()) {
            assertThat(acknowledged.lost(database)).isZero();
        }
    }

    private Bank visit() {
        return nodes.visit("harbour-bank");
    }

    /** The same request, byte for byte, to another node. */
    private static HttpRequest again(HttpRequest sent, URI node) {
        return HttpRequest.newBuilder(sent, (name, value) -> true)
                .uri(node.resolve(sent.uri().getPath()))
                .build();
    }

    private static List<Answer> atOnce(Callable<Answer> one, Callable<Answer> other) throws Exception {
        var start = new CyclicBarrier(2);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            var answers = new ArrayList<Answer>();
            for (Future<Answer> each : two.invokeAll(List.of(after(start, one), after(start, other)))) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private static Callable<Answer> after(CyclicBarrier start, Callable<Answer> call) {
        return () -> {
            start.await();
            return call.call();
        };
    }

    private static void await(Callable<Boolean> event) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!event.call()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("it does not come about");
            }
            Thread.sleep(100);
        }
    }

    private static void until(Acknowledged acknowledged, int acts) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (acknowledged.count() < acts) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the traffic stands still at " + acknowledged);
            }
            Thread.sleep(10);
        }
    }
}

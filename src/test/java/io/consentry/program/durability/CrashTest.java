package io.consentry.program.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.program.Acknowledged;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.LedgerOutside;
import io.consentry.program.Traffic;
import io.consentry.program.Wire;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The service, its database, or both are killed at random moments of a busy day. Nothing that was acknowledged is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {

    private static final int KILLS = Effort.of(2, 100);
    private static final int DEATHS = Effort.of(1, 10);
    private static final long SEED = Long.getLong("consentry.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final Acknowledged acknowledged = new Acknowledged();

    private ProgramFolder folder;
    private RunningService service;

    /** The first start of all is killed as well: half a database is no database. */
    @BeforeAll
    void aFirstStartThatIsKilledLeavesNothingInTheWay() throws Exception {
        folder = ProgramFolder.onDisk("durability");
        var plan = RunningService.Plan.in(folder.data()).with("CONSENTRY_MODE", "sandbox");
        RunningService first = RunningService.launch(plan);
        Thread.sleep(1000 + random.nextInt(3000));
        first.kill();
        service = RunningService.start(plan);
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        service.close();
        folder.close();
    }

    @Test
    @Requirement("CX-DB-5")
    @Requirement("CX-1")
    void aKilledServiceLosesNoAcknowledgedEntry() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            var traffic = Traffic.at(service.base(), acknowledged, SEED + kill);
            somethingHappens(5 + random.nextInt(100));
            boolean both = kill % 4 == 0 || kill == KILLS;
            if (both) {
                folder.server().destroyForcibly();
            }
            service.kill();
            traffic.close();
            service = RunningService.start(service.plan());

            assertThat(traffic.unexpected())
                    .as("kill %d, seed %d", kill, SEED)
                    .allMatch(answer -> both && saysThatItFailed(answer));
            nothingIsLost();
        }

        assertThat(acknowledged.released()).as("there was something to lose").hasSizeGreaterThan(KILLS * 4);
        assertThat(acknowledged.withdrawn()).hasSizeGreaterThan(KILLS);
        everyReleaseStandsInThePersonsHistory();
    }

    @Test
    @Requirement("CX-DB-5")
    void aKilledDatabaseProcessIsSurvivedWithoutARestart() throws Exception {
        var traffic = Traffic.at(service.base(), acknowledged, SEED);
        somethingHappens(50);

        // One backend that dies takes all connections with it: the server restarts inside.
        folder.server()
                .children()
                .skip(random.nextInt(4))
                .findAny()
                .orElseThrow()
                .destroyForcibly();
        Thread.sleep(1000);
        traffic.close();

        assertThat(traffic.unexpected()).as("seed %d", SEED).allMatch(CrashTest::saysThatItFailed);
        theServiceWorksWithin(Duration.ofSeconds(20));
        nothingIsLost();
    }

    @Test
    @Requirement("CX-DB-5")
    @Requirement("CX-OP-8")
    void aDatabaseServerThatDiesIsStartedAgainAndLosesNothing() throws Exception {
        for (int death = 1; death <= DEATHS; death++) {
            var traffic = Traffic.at(service.base(), acknowledged, SEED + death);
            somethingHappens(50);

            ProcessHandle server = folder.server();
            server.destroyForcibly();
            server.onExit().join();
            boolean wasUnready = falls(Duration.ofSeconds(10));
            theServiceWorksWithin(Duration.ofSeconds(40));
            traffic.close();

            assertThat(wasUnready)
                    .as("a node without its database is not ready")
                    .isTrue();
            assertThat(traffic.unexpected()).as("seed %d", SEED).isNotEmpty().allMatch(CrashTest::saysThatItFailed);
            assertThat(service.output())
                    .contains("The local database has died; starting it again", "The local database is back after");
            assertThat(readiness()).isEqualTo(200);
            nothingIsLost();
        }
    }

    private int readiness() throws IOException, InterruptedException {
        return new Wire()
                .get(service.plan().managementBase().resolve("/q/health/ready"))
                .status();
    }

    /** Whether readiness falls, and each probe is answered within a second. */
    private boolean falls(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            long begin = System.nanoTime();
            boolean unready = readiness() == 503;
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            if (unready) {
                return true;
            }
        }
        return false;
    }

    /** Until so many acts more were acknowledged, and a moment that is nobody's. */
    private void somethingHappens(int acts) throws InterruptedException {
        int before = acknowledged.count();
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (acknowledged.count() < before + acts && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        Thread.sleep(random.nextInt(50));
    }

    /** A refusal with a code of ours, not a success and not a stack trace. */
    private static boolean saysThatItFailed(String answer) {
        return answer.matches("(?s).* answered 503 instead of .*\"code\":\""
                + "(database_unavailable|outcome_in_doubt|overloaded|temporarily_unavailable)\".*");
    }

    private void nothingIsLost() throws Exception {
        try (Connection database = folder.asSuperuser()) {
            assertThat(LedgerOutside.problems(database, folder.data().resolve("master.key")))
                    .as("seed %d", SEED)
                    .isEmpty();
            assertThat(acknowledged.lost(database))
                    .as("of %s, seed %d", acknowledged, SEED)
                    .isZero();
        }
        for (Acknowledged.Withdrawn one : acknowledged.withdrawn()) {
            assertThat(one.bank().fetch(service.base(), one.accessToken()).code())
                    .isEqualTo("consent_withdrawn");
        }
    }

    private void everyReleaseStandsInThePersonsHistory() throws IOException, InterruptedException {
        Map<String, Set<String>> told = new HashMap<>();
        for (String uinfin : Traffic.PEOPLE) {
            List<JsonNode> events =
                    Customer.signIn(new Wire(), service.base(), uinfin).activity(service.base());
            Set<String> released = new HashSet<>();
            for (JsonNode event : events) {
                if (event.get("event").asText().equals("released") && event.hasNonNull("ledger_index")) {
                    released.add(event.get("leaf_hash").asText());
                }
            }
            told.put(uinfin, released);
        }
        assertThat(acknowledged.released())
                .allMatch(one -> told.getOrDefault(one.uinfin(), Set.of()).contains(one.leafHash()));
    }

    private void theServiceWorksWithin(Duration patience) throws InterruptedException, IOException {
        URI node = service.base();
        Wire wire = new Wire();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                Bank bank = Bank.visit(wire, node, Bank.all(wire, node), "plain-lender");
                bank.fetch(node, bank.accessToken(node, "S9812381D")).expect(200);
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }
}

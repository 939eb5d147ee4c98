package io.consentry.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.cosigner.TestCosigner;
import io.consentry.cosigner.TestLog;
import io.consentry.kernel.LogNumber;
import io.consentry.requirement.Requirement;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.Policy;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Witnesses of ours over sockets, two of three of whom are enough. */
@QuarkusTest
class CheckpointWitnessesTest {

    private static final TestLog LOG = TestLog.ofEd25519("log.example/2026");
    private static final Witness.Patience PATIENCE =
            new Witness.Patience(Duration.ofMillis(1500), Duration.ofSeconds(60), Duration.ofMillis(1500));
    private static final LogNumber FIRST = LogNumber.FIRST;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<TestCosigner> ours = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 3; i++) {
            ours.add(new TestCosigner(folder.resolve("w" + i), "w.example/" + i, LOG));
        }
    }

    @AfterEach
    void stop() {
        ours.forEach(TestCosigner::close);
        threads.close();
    }

    /** The third one at another address than its own. */
    private WitnessPolicy policy(String third) {
        String lines = ours.get(0).policyLine("a")
                + ours.get(1).policyLine("b")
                + "witness c " + ours.get(2).keys().getFirst() + ' ' + third + '\n';
        return WitnessPolicy.of(Policy.parse(lines + "group g 2 a b c\nquorum g\n"));
    }

    private CheckpointWitnesses asking(WitnessPolicy policy) {
        return new CheckpointWitnesses(policy, PATIENCE, threads, meters);
    }

    private double refused(Reply.Reason reason) {
        return meters.find("consentry.witness.refused").tag("reason", reason.tag()).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    @Requirement("C2SP-tlog-witness")
    void whoIsThereCosigns() {
        WitnessPolicy policy = policy(ours.get(2).url());
        CheckpointWitnesses witnesses = asking(policy);

        Optional<SignedNote> first = witnesses.witnessed(LOG.checkpoint(5), LOG.tree());
        Optional<SignedNote> second = witnesses.witnessed(LOG.checkpoint(300), LOG.tree());

        assertThat(first).isPresent();
        assertThat(second).hasValueSatisfying(note -> {
            assertThat(note.text()).isEqualTo(LOG.checkpoint(300).text());
            assertThat(note.signatures()).hasSize(1 + 3); // the log's, and no key's that the policy does not name
            assertThat(policy.seenAt(note)).isPresent();
        });
    }

    @Test
    void aNodeThatBeginsAnewLearnsWhatWitnessesKnow() {
        asking(policy(ours.get(2).url())).witnessed(LOG.checkpoint(5), LOG.tree());

        assertThat(asking(policy(ours.get(2).url())).witnessed(LOG.checkpoint(9), LOG.tree()))
                .isPresent();
    }

    @Test
    void oneThatIsDownIsNotNeeded() {
        ours.get(2).close();

        assertThat(asking(policy(ours.get(2).url())).witnessed(LOG.checkpoint(5), LOG.tree()))
                .hasValueSatisfying(note -> assertThat(note.signatures()).hasSize(3));
        assertThat(refused(Reply.Reason.UNREACHABLE)).isOne();
    }

    @Test
    void twoThatAreDownAreTooMany() {
        ours.get(1).close();
        ours.get(2).close();

        assertThat(asking(policy(ours.get(2).url())).witnessed(LOG.checkpoint(5), LOG.tree()))
                .isEmpty();
    }

    @Test
    void oneThatNeverAnswersCostsItsDeadlineAlone() throws Exception {
        try (var silent = HostileWitness.silent()) {
            CheckpointWitnesses witnesses = asking(policy(silent.url()));

            assertThat(witnesses.witnessed(LOG.checkpoint(5), LOG.tree())).isPresent();

            ours.get(1).close();
            assertThat(witnesses.witnessed(LOG.checkpoint(9), LOG.tree())).isEmpty();
            assertThat(silent.asked()).isPositive();
        }
    }

    @Test
    void oneThatFailsAgainAndAgainIsLeftAlone() throws Exception {
        try (var broken = HostileWitness.answering(500, "")) {
            CheckpointWitnesses witnesses = asking(policy(broken.url()));

            for (int size = 1; size <= 6; size++) {
                assertThat(witnesses.witnessed(LOG.checkpoint(size), LOG.tree()))
                        .isPresent();
            }

            assertThat(broken.asked()).isEqualTo(3);
            assertThat(refused(Reply.Reason.RESTING)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 ",
                "200 nonsense\n",
                "200 another key",
                "200 another text",
                "200 huge",
                "409 3\n",
                "409 7\n",
                "409 many\n",
                "404 ",
                "403 ",
                "422 ",
                "302 ",
                "503 "
            })
    void whatAHostileOneAnswersCountsForNothing(String answer) throws Exception {
        NoteSigner stranger = NoteSigner.of(
                "w.example/2",
                SignatureType.ED25519_COSIGNATURE,
                NoteSigner.newKeyPair(SignatureType.ED25519_COSIGNATURE));
        String body = switch (answer.substring(4)) {
            case "another key" ->
                stranger.sign(LOG.checkpoint(5).text(), java.time.Instant.EPOCH.plusSeconds(9))
                        .line();
            case "another text" -> ours.get(2).add(LOG.add(0, 4).format()).body();
            case "huge" -> "— w.example/2 ".repeat(100_000);
            default -> answer.substring(4);
        };
        try (var hostile = HostileWitness.answering(Integer.parseInt(answer.substring(0, 3)), body)) {
            CheckpointWitnesses witnesses = asking(policy(hostile.url()));

            Optional<SignedNote> note = witnesses.witnessed(LOG.checkpoint(5), LOG.tree());

            assertThat(note)
                    .hasValueSatisfying(it -> assertThat(it.signatures()).hasSize(3));
            assertThat(meters.find("consentry.witness.refused").counters()).hasSize(1);
            ours.get(1).close();
            assertThat(witnesses.witnessed(LOG.checkpoint(9), LOG.tree()))
                    .as("with one that is honest")
                    .isEmpty();
        }
    }

    @Test
    void aLogThatForkedIsToldSo() {
        asking(policy(ours.get(2).url())).witnessed(LOG.checkpoint(5), LOG.tree());
        TestLog fork = LOG.forkedAt(2, 1);

        assertThat(asking(policy(ours.get(2).url())).witnessed(fork.checkpoint(9), fork.tree()))
                .isEmpty();
        assertThat(refused(Reply.Reason.INCONSISTENT)).isEqualTo(3);
    }

    @Test
    void aQuickerNodeIsNoFault() {
        asking(policy(ours.get(2).url())).witnessed(LOG.checkpoint(9), LOG.tree());

        assertThat(asking(policy(ours.get(2).url())).witnessed(LOG.checkpoint(5), LOG.tree()))
                .isEmpty();
        assertThat(refused(Reply.Reason.AHEAD)).isEqualTo(3);
    }

    // What is shown, what is kept, and how old it is.

    private final WitnessedAge age = new WitnessedAge(true, Duration.ofSeconds(20), Duration.ofSeconds(60));
    private final MemoryLogs logs = new MemoryLogs(LOG);

    private Showing showing(WitnessPolicy policy, Duration ahead) {
        return new Showing(
                logs,
                policy,
                asking(policy),
                age,
                () -> InstantSource.system().instant().plus(ahead));
    }

    @Test
    void whatWasWitnessedIsKeptAndIsWell() {
        Showing showing = showing(policy(ours.get(2).url()), Duration.ZERO);
        logs.grow(5);
        age.wellAt(FIRST, System.nanoTime() - Duration.ofSeconds(61).toNanos());

        showing.show(FIRST);

        assertThat(logs.witnessed(FIRST)
                        .map(note -> Checkpoint.parse(note.text()).size()))
                .hasValue(5L);
        assertThat(age.stop()).isEmpty();
        ours.forEach(TestCosigner::close);
        showing.show(FIRST); // nothing new: nobody is asked, and all is well
        assertThat(meters.find("consentry.witness.refused").counters()).isEmpty();
        assertThat(age.age()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void atTheStartTheCosignaturesTimeCounts() {
        WitnessPolicy policy = policy(ours.get(2).url());
        logs.grow(5);
        showing(policy, Duration.ZERO).show(FIRST);
        logs.grow(9);

        showing(policy, Duration.ofMinutes(5)).remember();

        assertThat(age.age()).isLessThan(Duration.ofMinutes(1)); // of this process, which knows better
        var atStart = new WitnessedAge(true, Duration.ofSeconds(20), Duration.ofSeconds(60));
        new Showing(
                        logs,
                        policy,
                        asking(policy),
                        atStart,
                        () -> InstantSource.system().instant().plus(Duration.ofMinutes(5)))
                .remember();
        assertThat(atStart.age()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        assertThat(atStart.stop()).isPresent();
    }

    @Test
    void aKeptCheckpointWithoutAQuorumIsNone() {
        Showing showing = showing(policy(ours.get(2).url()), Duration.ZERO);
        logs.grow(5);
        logs.keepWitnessed(FIRST, LOG.checkpoint(5));

        showing.show(FIRST);

        assertThat(logs.witnessed(FIRST).orElseThrow().signatures()).hasSize(4);
    }
}

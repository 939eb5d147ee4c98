package io.consentry.witness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.ConsentFixture;
import io.consentry.cosigner.TestCosigner;
import io.consentry.kernel.LogNumber;
import io.consentry.publication.LogProofs;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Policy;
import io.consentry.tlog.SignedNote;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger of the running service, and a witness that was told of it by the policy which the service itself publishes. */
@QuarkusTest
class WitnessedPublicationTest {

    private static final LogNumber FIRST = LogNumber.FIRST;

    @Inject
    ShownLogs logs;

    @Inject
    LogProofs proofs;

    @Inject
    ConsentFixture fixture;

    @Inject
    @VirtualThreads
    ExecutorService threads;

    @TempDir
    Path folder;

    private long size() {
        return logs.newest(FIRST)
                .map(note -> Checkpoint.parse(note.text()).size())
                .orElse(0L);
    }

    private void grow() {
        long before = size();
        fixture.active(fixture.person());
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (size() <= before && System.nanoTime() < end) {
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(size()).isGreaterThan(before);
    }

    @Test
    void theLedgerIsWitnessedAndNeverGoesBack() throws Exception {
        grow();
        Policy logKeys = Policy.parse(given().get("/ledger/policy").asString());
        try (var witness = new TestCosigner(folder, "w.example/1", logKeys)) {
            var policy = WitnessPolicy.of(Policy.parse(witness.policyLine("a") + "quorum a\n"));
            var witnesses = new CheckpointWitnesses(policy, Witness.Patience.USUAL, threads, new SimpleMeterRegistry());
            var age = new WitnessedAge(true, Duration.ofSeconds(1), Duration.ofSeconds(2));
            var showing = new Showing(logs, policy, witnesses, age, InstantSource.system());

            showing.show(FIRST);
            SignedNote first = logs.witnessed(FIRST).orElseThrow();
            grow();
            showing.show(FIRST);
            SignedNote second = logs.witnessed(FIRST).orElseThrow();
            logs.keepWitnessed(FIRST, first);

            assertThat(policy.seenAt(first)).isPresent();
            assertThat(policy.seenAt(second)).isPresent();
            assertThat(Checkpoint.parse(second.text()).size())
                    .isGreaterThan(Checkpoint.parse(first.text()).size());
            assertThat(logs.witnessed(FIRST)).hasValue(second);
            assertThat(proofs.of(FIRST, 0)).hasValueSatisfying(proof -> {
                assertThat(proof.isWitnessed()).isTrue();
                assertThat(policy.seenAt(proof.proof().checkpoint())).isPresent();
            });
        }
    }
}

package io.consentry.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.tlog.EntryBundle;
import io.consentry.tlog.SignatureType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole log, checked from a folder: sound, with any byte of it changed, and with parts gone or moved. */
class ReplicaTest {

    private static final boolean SOAK = Boolean.getBoolean("consentry.soak");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 255, 256, 257, 512, 700, 65_536})
    void aSoundLogOfAnySizeVerifies(long size) {
        TestLog log = new TestLog(folder).write(size);

        LogReport report = check(log);

        assertThat(report.problems()).isEmpty();
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(size);
    }

    @Test
    void anyByteOfAnyFileThatIsChangedIsFoundAndItsPlaceNamed() throws Exception {
        TestLog log = new TestLog(folder).write(700);

        flipEach(log, SOAK ? 1 : 499);
    }

    @Test
    void inALogOfThreeLevelsAsWell() throws Exception {
        TestLog log = new TestLog(folder).write(66_000);
        List<String> some = List.of("tile/2/000.p/1", "tile/1/000", "tile/1/001.p/1", "tile/0/000", "tile/entries/255");

        assertThat(log.files()).containsAll(some);
        for (String file : some) {
            flip(log, file, log.get(file).length * 2 / 3);
        }
    }

    private void flipEach(TestLog log, int step) throws Exception {
        for (String file : log.files()) {
            for (int at = 0; at < log.get(file).length; at += step) {
                flip(log, file, at);
            }
        }
    }

    private void flip(TestLog log, String file, int at) {
        byte[] sound = log.get(file);
        byte[] flipped = sound.clone();
        flipped[at] ^= 1;
        log.put(file, flipped);

        LogReport report = check(log);

        assertThat(report.problems())
                .as("%s, byte %d", file, at)
                .extracting(Problem::place)
                .containsOnly(file);
        log.put(file, sound);
    }

    @Test
    void theEntryThatWasChangedIsNamed() {
        TestLog log = new TestLog(folder).write(700);
        byte[] bundle = log.get("tile/entries/001");
        bundle[44 * 35 + 2 + 10] ^= 4;
        log.put("tile/entries/001", bundle);

        LogReport report = check(log);

        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("tile/entries/001");
            assertThat(problem.what()).contains("entry 300 ");
        });
    }

    @Test
    void anEntryChangedTogetherWithItsTileIsFoundByTheTileAbove() {
        TestLog log = new TestLog(folder).write(700);
        TestLog other = new TestLog(folder.resolve("other")).write(700, i -> TestLog.entry(i == 300 ? 1 : i));
        log.put("tile/entries/001", other.get("tile/entries/001"));
        log.put("tile/0/001", other.get("tile/0/001"));

        LogReport report = check(log);

        assertThat(report.problems()).extracting(Problem::place).containsExactly("tile/0/001");
        assertThat(report.problems().getFirst().what()).contains("begin with 256");
    }

    @Test
    void aLogRewrittenToItsRootIsFoundByWhatItSigned() {
        TestLog log = new TestLog(folder).write(700);
        byte[] signed = log.get("checkpoint");
        log.write(700, i -> TestLog.entry(i == 300 ? 1 : i));
        log.put("checkpoint", signed);

        assertThat(check(log).problems()).extracting(Problem::place).containsExactly("checkpoint");
    }

    @Test
    void aFileThatIsGoneIsNamed() throws Exception {
        TestLog log = new TestLog(folder).write(700);
        for (String file : log.files()) {
            if (!file.equals("checkpoint")) {
                byte[] sound = log.get(file);
                Files.delete(folder.resolve(file));

                assertThat(check(log).problems())
                        .extracting(Problem::place)
                        .as(file)
                        .containsExactly(file);
                log.put(file, sound);
            }
        }
    }

    @Test
    void entriesInAnotherOrderAreFound() {
        TestLog log = new TestLog(folder).write(700);
        List<byte[]> entries = EntryBundle.parse(log.get("tile/entries/000"), 256);
        var swapped = new ArrayList<>(entries);
        Collections.swap(swapped, 7, 200);
        log.put("tile/entries/000", EntryBundle.format(swapped));

        assertThat(check(log).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("tile/entries/000");
            assertThat(problem.what()).startsWith("entry 7 ");
        });
    }

    @Test
    void aFileThatIsCutOrLengthenedIsNamed() {
        TestLog log = new TestLog(folder).write(700);
        for (String file : log.files()) {
            byte[] sound = log.get(file);
            for (int length : new int[] {0, 1, sound.length - 1, sound.length - 32, sound.length + 1}) {
                log.put(file, Arrays.copyOf(sound, Math.max(0, length)));
                assertThat(check(log).problems())
                        .extracting(Problem::place)
                        .as("%s, %d bytes", file, length)
                        .containsExactly(file);
            }
            log.put(file, sound);
        }
    }

    @Test
    void aPartialTileThatIsGoneIsTakenFromTheFullOne() throws Exception {
        TestLog log = new TestLog(folder).write(700);
        byte[] signed = log.get("checkpoint");
        log.write(1024);
        log.put("checkpoint", signed);
        Files.delete(folder.resolve("tile/0/002.p/188"));
        Files.delete(folder.resolve("tile/entries/002.p/188"));

        assertThat(check(log).problems()).isEmpty();
    }

    @Test
    void aCheckpointWithoutTheStrongerSignatureIsRefused() {
        TestLog log = new TestLog(folder).write(10);
        log.sign(10, log.classic);

        assertThat(check(log).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("ML_DSA_44_COSIGNATURE"));
    }

    @Test
    void aCheckpointThatAnotherKeySignedIsRefused() {
        TestLog log = new TestLog(folder).write(10);
        log.sign(
                10,
                TestLog.signer(TestLog.ORIGIN, SignatureType.ED25519),
                TestLog.signer(TestLog.ORIGIN, SignatureType.ML_DSA_44_COSIGNATURE));

        assertThat(check(log).checkpoint()).isEmpty();
        assertThat(check(log).problems()).extracting(Problem::place).containsExactly("checkpoint");
    }

    @Test
    void tooFewWitnessesAreAFaultWhereSomebodyAskedForThem() {
        TestLog log = new TestLog(folder).write(10);
        Trust trust = Trust.inPolicy(log.witnessedPolicy());

        assertThat(Replica.check(folder.toString(), Optional.of(trust), Optional.empty())
                        .isVerified())
                .isFalse();
        log.sign(10, log.classic, log.quantum, log.witness);
        assertThat(Replica.check(folder.toString(), Optional.of(trust), Optional.empty())
                        .witnesses())
                .containsExactly("w");
    }

    @Test
    void aLogThatServesNothingButFaultsIsGivenUp() throws Exception {
        TestLog log = new TestLog(folder).write(66_000);
        for (String file : log.files()) {
            if (file.startsWith("tile/0/")) {
                Files.delete(folder.resolve(file));
            }
        }

        LogReport report = check(log);

        assertThat(report.problems()).hasSize(100);
        assertThat(report.remarks()).singleElement().asString().contains("given up");
    }

    @Test
    void aFolderWithoutALogIsNoLog() {
        assertThatThrownBy(() -> Replica.check(folder.toString(), Optional.empty(), Optional.empty()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("There is no log at");
    }

    @Test
    void aLogThatNamesNoKeyNeedsOne() {
        Path log = folder.resolve("log"); // keys are looked for in the folder above as well
        new TestLog(log).write(3);

        assertThatThrownBy(() -> Replica.check(log.toString(), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Give --policy or --key");
    }

    private LogReport check(TestLog log) {
        return Replica.check(log.folder().toString(), Optional.of(log.trust()), Optional.empty());
    }
}

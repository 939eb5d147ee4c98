package io.consentry.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody finds who holds an older checkpoint and the copy that belongs to it. */
class KeptCopyTest {

    @TempDir
    Path folder;

    @TempDir
    Path copy;

    @ParameterizedTest
    @CsvSource({"0,5", "5,5", "5,6", "100,256", "256,256", "256,300", "255,513", "700,66000"})
    void aLaterRunGoesOnFromThere(long before, long now) {
        TestLog log = new TestLog(folder).write(before);
        assertThat(check(log).problems()).isEmpty();
        log.write(now);

        LogReport later = check(log);

        assertThat(later.problems()).isEmpty();
        assertThat(later.earlier()).isEqualTo(before);
        assertThat(Replica.check(copy.toString(), Optional.of(log.trust()), Optional.empty())
                        .problems())
                .as("the copy is a log itself")
                .isEmpty();
    }

    @Test
    void aLaterRunReadsNothingAnewButTheRightEdge() {
        TestLog log = new TestLog(folder).write(66_000);
        check(log);
        log.write(66_300);
        var read = Collections.synchronizedList(new ArrayList<String>());

        LogReport later = new Replica(watched(read), Optional.of(new KeptCopy(copy)))
                .check(Optional.of(log.trust()), Progress.NONE);

        assertThat(later.problems()).isEmpty();
        assertThat(read)
                .filteredOn(path -> path.startsWith("tile/entries/"))
                .containsExactlyInAnyOrder("tile/entries/257", "tile/entries/258.p/252");
        assertThat(read).hasSizeLessThan(20);
    }

    @Test
    void aSmallerLogIsARollback() {
        TestLog log = new TestLog(folder).write(700);
        check(log);
        log.write(600);

        assertThat(check(log).problems()).singleElement().asString().contains("Rollback", "the first of those");
        log.write(600, i -> TestLog.entry(i + 1));
        assertThat(check(log).problems()).singleElement().asString().contains("Rollback", "They are others");
    }

    @ParameterizedTest
    @CsvSource({"700,700", "700,800", "66000,66600"})
    void aLogWithAnotherPastIsASplitViewAndTheFirstDifferenceNamed(long before, long now) {
        TestLog log = new TestLog(folder).write(before);
        check(log);
        log.write(now, i -> TestLog.entry(i >= 300 ? i + 1 : i));

        LogReport later = check(log);

        assertThat(later.problems())
                .singleElement()
                .asString()
                .contains("Split view", "First difference: tile/0/001, place 44 (entry 300)");
    }

    @Test
    void anEntryTakenOutOrMovedIsASplitView() {
        TestLog log = new TestLog(folder).write(700);
        check(log);

        log.write(720, i -> TestLog.entry(i < 650 ? i : i + 1));
        assertThat(check(log).problems()).singleElement().asString().contains("Split view", "entry 650");
        log.write(720, i -> TestLog.entry(i == 10 ? 11 : i == 11 ? 10 : i));
        assertThat(check(log).problems()).singleElement().asString().contains("Split view", "entry 10");
    }

    @Test
    void aRefusedLogLeavesTheCopyAsItWas() {
        TestLog log = new TestLog(folder).write(700);
        check(log);
        log.write(800, i -> TestLog.entry(i + 1));
        check(log);
        log.write(800);

        assertThat(check(log).problems()).isEmpty();
    }

    @Test
    void theKeysOfTheFirstTimeAreRememberedAndOthersRefused() {
        TestLog log = new TestLog(folder).write(10);
        log.put("policy", log.policy().getBytes(StandardCharsets.UTF_8));
        LogReport first = Replica.check(folder.toString(), Optional.empty(), Optional.of(copy));
        assertThat(first.trust().origin()).isEqualTo(Trust.Origin.FIRST_USE);
        var thief = new TestLog(folder);
        thief.write(11);
        log.put("policy", thief.policy().getBytes(StandardCharsets.UTF_8));

        LogReport later = Replica.check(folder.toString(), Optional.empty(), Optional.of(copy));

        assertThat(later.trust().origin()).isEqualTo(Trust.Origin.REMEMBERED);
        assertThat(later.isVerified()).isFalse();
        assertThat(later.checkpoint()).isEmpty();
    }

    @Test
    void aRunThatWasCutOffIsTakenUpAgain() {
        TestLog log = new TestLog(folder).write(66_000);
        var read = Collections.synchronizedList(new ArrayList<String>());
        LogSource failing = new LogSource() {
            @Override
            public Optional<byte[]> read(String path, int most) {
                if (read.size() > 300) {
                    throw new UnreachableException("gone");
                }
                read.add(path);
                return new FolderLog(folder).read(path, most);
            }

            @Override
            public String name() {
                return "failing";
            }
        };
        assertThatThrownBy(() -> new Replica(failing, Optional.of(new KeptCopy(copy)))
                        .check(Optional.of(log.trust()), Progress.NONE))
                .hasMessage("gone");
        var readAgain = Collections.synchronizedList(new ArrayList<String>());

        LogReport later = new Replica(watched(readAgain), Optional.of(new KeptCopy(copy)))
                .check(Optional.of(log.trust()), Progress.NONE);

        assertThat(later.problems()).isEmpty();
        assertThat(later.earlier()).isZero();
        assertThat(readAgain).hasSizeBetween(200, 420);
    }

    @Test
    void whatWasSpoiledInAnUnfinishedCopyIsReadAgain() {
        TestLog log = new TestLog(folder).write(700);
        new KeptCopy(copy).keep(new Tile(0, 0, 256), log.get("tile/0/001"));

        assertThat(check(log).problems()).isEmpty();
        assertThat(Replica.check(copy.toString(), Optional.of(log.trust()), Optional.empty())
                        .problems())
                .isEmpty();
    }

    @Test
    void aCopyThatWasChangedIsNamed() {
        TestLog log = new TestLog(folder).write(700);
        check(log);
        var own = new TestLog(copy);
        byte[] edge = own.get("tile/0/002.p/188");
        edge[5] ^= 1;
        own.put("tile/0/002.p/188", edge);

        assertThat(check(log).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.place()).isEqualTo(copy.toString()));
    }

    @Test
    void anotherLogIsNotWhatTheCopyIsOf() {
        TestLog log = new TestLog(folder).write(7);
        check(log);
        var other = TestLog.signer("other.test", SignatureType.ED25519);
        var text = Checkpoint.of("other.test", 7, log.tree(7).root()).text();
        log.put(
                "checkpoint",
                new SignedNote(text, List.of(other.sign(text, TestLog.NOW)))
                        .format()
                        .getBytes(StandardCharsets.UTF_8));
        String both = log.policy().replace("quorum", "log " + other.verifier() + "\nquorum");

        LogReport report = Replica.check(folder.toString(), Optional.of(Trust.inPolicy(both)), Optional.of(copy));

        assertThat(report.problems()).singleElement().asString().contains("is of the log other.test");
    }

    private LogSource watched(List<String> read) {
        return new LogSource() {
            @Override
            public Optional<byte[]> read(String path, int most) {
                read.add(path);
                return new FolderLog(folder).read(path, most);
            }

            @Override
            public String name() {
                return "watched";
            }
        };
    }

    private LogReport check(TestLog log) {
        return Replica.check(log.folder().toString(), Optional.of(log.trust()), Optional.of(copy));
    }
}

package io.consentry.cosigner;

import io.consentry.tlog.AddCheckpoint;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.ConsistencyProof;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InvalidSignatureException;
import io.consentry.tlog.NoteSignature;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A log that this witness was told of, and the checkpoint of it that was cosigned last. Guarantees that of two checkpoints that were
 * cosigned the larger goes on from the smaller, whoever asks at the same time and whenever the program ends.
 */
final class KnownLog {

    private final Path folder;
    private final List<VerifierKey> keys;
    private final CosignerKeys own;
    private final InstantSource clock;
    private final FolderLock lock;

    KnownLog(Path folder, List<VerifierKey> keys, CosignerKeys own, InstantSource clock) throws IOException {
        this.folder = folder;
        this.keys = List.copyOf(keys);
        this.own = own;
        this.clock = clock;
        DurableFile.makeFolder(folder);
        this.lock = new FolderLock(folder);
    }

    /** The signatures of a note that are of this log's keys; throws {@code InvalidSignatureException} when one is not. */
    List<NoteSignature> signatures(SignedNote note) {
        return keys.stream()
                .flatMap(key -> note.signaturesOf(key).stream())
                .distinct()
                .toList();
    }

    /**
     * Judges a checkpoint that the log has signed against the last one, cosigns it, and keeps it. The file is read anew each time:
     * another program may have written it.
     */
    Answer add(AddCheckpoint request, List<NoteSignature> ofLog) throws IOException {
        return lock.during(() -> {
            Optional<Checkpoint> last = last().map(note -> Checkpoint.parse(note.text()));
            long lastSize = last.map(Checkpoint::size).orElse(0L);
            if (request.oldSize() != lastSize) {
                return new Answer.OtherSize(lastSize);
            }
            Checkpoint next = Checkpoint.parse(request.checkpoint().text());
            Hash lastRoot = last.map(Checkpoint::root).orElse(Hash.EMPTY_TREE);
            if (!goesOn(lastSize, lastRoot, next, request.proof())) {
                keepEvidence(lastSize, next, request.checkpoint());
                return new Answer.Inconsistent();
            }
            List<NoteSignature> cosignatures = own.sign(request.checkpoint().text(), clock.instant());
            String kept = new SignedNote(
                            request.checkpoint().text(),
                            Stream.concat(ofLog.stream(), cosignatures.stream()).toList())
                    .format();
            // Commit point. Before it nobody has the cosignatures; after it no other tree gets any, whether or
            // not the answer arrives: whoever asks again from the old size is told the new one.
            DurableFile.write(checkpoint(), kept.getBytes(StandardCharsets.UTF_8));
            return new Answer.Cosigned(
                    cosignatures.stream().map(NoteSignature::line).reduce("", String::concat));
        });
    }

    private static boolean goesOn(long lastSize, Hash lastRoot, Checkpoint next, List<Hash> proof) {
        return (next.size() > 0 || next.root().equals(Hash.EMPTY_TREE))
                && new ConsistencyProof(lastSize, next.size(), proof).connects(lastRoot, next.root());
    }

    /** Two roots of one size, both signed: the log has shown two trees. The first such is kept for whoever will ask for it. */
    private void keepEvidence(long lastSize, Checkpoint other, SignedNote note) throws IOException {
        Path evidence = folder.resolve("split-view");
        if (other.size() == lastSize && !Files.exists(evidence)) {
            DurableFile.write(evidence, note.format().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The checkpoint that was cosigned last, with the log's signatures and ours.
     *
     * @throws IllegalStateException when what is there is not what this witness has written
     */
    Optional<SignedNote> last() throws IOException {
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(checkpoint()));
            List<NoteSignature> ofLog = signatures(note);
            boolean isWhole = own.haveSigned(note)
                    && !ofLog.isEmpty()
                    && note.signatures().size()
                            == ofLog.size() + own.verifiers().size();
            if (!isWhole) {
                throw new IllegalArgumentException("a signature is of no key that is known");
            }
            return Optional.of(note);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException | InvalidSignatureException e) {
            throw new IllegalStateException(
                    checkpoint() + " is not what this witness has written: " + e.getMessage() + ".", e);
        }
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint");
    }
}

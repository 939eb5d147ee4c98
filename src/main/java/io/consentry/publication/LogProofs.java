package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.publication.LogFiles.Note;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.TiledTree;
import io.consentry.tlog.TlogProof;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Shows that entries are in what was published. Reads the store alone. */
@ApplicationScoped
public class LogProofs {

    private final Publisher publisher;

    LogProofs(Publisher publisher) {
        this.publisher = publisher;
    }

    /**
     * That a log has an entry.
     *
     * @param isWitnessed whether enough witnesses had seen its checkpoint
     */
    public record Proof(TlogProof proof, boolean isWitnessed) {}

    /** By the newest checkpoint that covers an index and was witnessed, or else the newest that covers it; empty while none does. */
    public Optional<Proof> of(LogNumber log, long index) {
        LogFiles files = publisher.files(log);
        return covering(files, Note.WITNESSED, index)
                .map(note -> new Proof(proof(index, note, files), true))
                .or(() -> covering(files, Note.CHECKPOINT, index)
                        .map(note -> new Proof(proof(index, note, files), false)));
    }

    private static Optional<SignedNote> covering(LogFiles files, Note which, long index) {
        return files.read(which)
                .map(SignedNote::parse)
                .filter(note -> Checkpoint.parse(note.text()).size() > index);
    }

    private static TlogProof proof(long index, SignedNote note, LogFiles files) {
        var tree = new TiledTree(Checkpoint.parse(note.text()).size(), files);
        return new TlogProof(Optional.empty(), index, tree.inclusion(index).path(), note);
    }
}

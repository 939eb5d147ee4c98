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

    /** That a log has an entry at an index, by its newest checkpoint; empty while that does not cover it. */
    public Optional<TlogProof> of(LogNumber log, long index) {
        LogFiles files = publisher.files(log);
        return files.read(Note.CHECKPOINT)
                .map(SignedNote::parse)
                .filter(note -> Checkpoint.parse(note.text()).size() > index)
                .map(note -> proof(index, note, files));
    }

    private static TlogProof proof(long index, SignedNote note, LogFiles files) {
        var tree = new TiledTree(Checkpoint.parse(note.text()).size(), files);
        return new TlogProof(Optional.empty(), index, tree.inclusion(index).path(), note);
    }
}

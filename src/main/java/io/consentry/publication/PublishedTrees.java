package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.publication.LogFiles.Note;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Subtrees;
import io.consentry.tlog.TiledTree;
import io.consentry.witness.ShownLogs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the witnesses are shown of the published logs: from the store alone, beside which their cosignatures are kept. */
@ApplicationScoped
class PublishedTrees implements ShownLogs {

    /** Of nodes that keep what they got at the same time. */
    private static final int ATTEMPTS = 8;

    private final LogStore store;

    PublishedTrees(LogStore store) {
        this.store = store;
    }

    /** From the first log on, as far as they were published. */
    @Override
    public Collection<LogNumber> numbers() {
        return IntStream.range(0, LogNumber.MOST)
                .mapToObj(LogNumber::new)
                .takeWhile(log -> newest(log).isPresent())
                .toList();
    }

    @Override
    public Optional<SignedNote> newest(LogNumber log) {
        return files(log).read(Note.CHECKPOINT).map(SignedNote::parse);
    }

    @Override
    public Subtrees tree(LogNumber log, long size) {
        return new TiledTree(size, files(log));
    }

    @Override
    public Optional<SignedNote> witnessed(LogNumber log) {
        return files(log).read(Note.WITNESSED).map(SignedNote::parse);
    }

    @Override
    public void keepWitnessed(LogNumber log, SignedNote note) {
        Checkpoint next = Checkpoint.parse(note.text());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<String> kept = files(log).read(Note.WITNESSED);
            if (kept.filter(text -> isLater(text, next)).isPresent()
                    || files(log).swap(Note.WITNESSED, kept, note.format())) {
                return;
            }
        }
    }

    private static boolean isLater(String kept, Checkpoint next) {
        Checkpoint before = Checkpoint.parse(SignedNote.parse(kept).text());
        return before.origin().equals(next.origin()) && before.size() > next.size();
    }

    private LogFiles files(LogNumber log) {
        return new LogFiles(store, log);
    }
}

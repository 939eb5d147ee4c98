package io.consentry.witness;

import io.consentry.cosigner.TestLog;
import io.consentry.kernel.LogNumber;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Subtrees;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One log, and what would be its store. */
final class MemoryLogs implements ShownLogs {

    private final TestLog log;
    private final AtomicReference<Optional<SignedNote>> newest = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<SignedNote>> witnessed = new AtomicReference<>(Optional.empty());

    MemoryLogs(TestLog log) {
        this.log = log;
    }

    void grow(long size) {
        newest.set(Optional.of(log.checkpoint(size)));
    }

    @Override
    public Collection<LogNumber> numbers() {
        return List.of(LogNumber.FIRST);
    }

    @Override
    public Optional<SignedNote> newest(LogNumber number) {
        return newest.get();
    }

    @Override
    public Subtrees tree(LogNumber number, long size) {
        return log.tree();
    }

    @Override
    public Optional<SignedNote> witnessed(LogNumber number) {
        return witnessed.get();
    }

    @Override
    public void keepWitnessed(LogNumber number, SignedNote note) {
        witnessed.set(Optional.of(note));
    }
}

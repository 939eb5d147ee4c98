package io.consentry.publication;

import java.util.Optional;

/** A store whose process dies at an operation: before it is done, or after it and before anybody is told. */
final class CrashingStore implements LogStore {

    private final LogStore store;
    private final boolean isDone;
    private int left;

    CrashingStore(LogStore store, int operations, boolean isDone) {
        this.store = store;
        this.left = operations;
        this.isDone = isDone;
    }

    /** What the process died of. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private interface Operation<T> {
        T run();
    }

    private <T> T unlessItCrashes(Operation<T> operation) {
        if (left-- == 0) {
            if (isDone) {
                operation.run();
            }
            throw new Crash();
        }
        return operation.run();
    }

    @Override
    public Optional<byte[]> read(String name) {
        return unlessItCrashes(() -> store.read(name));
    }

    @Override
    public void create(String name, byte[] content) {
        unlessItCrashes(() -> {
            store.create(name, content);
            return name;
        });
    }

    @Override
    public boolean swap(String name, Optional<byte[]> expected, byte[] content) {
        return unlessItCrashes(() -> store.swap(name, expected, content));
    }

    @Override
    public void removeBelow(String prefix) {
        unlessItCrashes(() -> {
            store.removeBelow(prefix);
            return prefix;
        });
    }
}

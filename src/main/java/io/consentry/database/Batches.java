package io.consentry.database;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Walks over rows that wait for something, a batch at a time, each batch from where the one before it ended. What cannot be done for
 * one row leaves it waiting, and it is passed over: any number of them hold up nothing that stands behind them.
 */
public final class Batches {

    private Batches() {}

    /**
     * Goes to the end once.
     *
     * @param after the first rows whose keys are higher than one, in the order of the keys; none at the end
     * @param each does what a row waits for; must not throw
     */
    public static <K> void walk(K beforeAll, Function<K, List<K>> after, Consumer<K> each) {
        List<K> batch = after.apply(beforeAll);
        while (!batch.isEmpty()) {
            batch.forEach(each);
            batch = after.apply(batch.getLast());
        }
    }
}

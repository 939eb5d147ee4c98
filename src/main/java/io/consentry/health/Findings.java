package io.consentry.health;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the last look found.
 *
 * @param at when it ended, as {@code System.nanoTime} has it
 * @param database how the database was
 * @param faults of this node: what was checked, and a sentence
 * @param shared what does not go as it should, whichever node is asked: what, and a sentence
 */
record Findings(long at, DatabaseState database, Map<String, String> faults, Map<String, String> shared) {

    /** A look takes seconds at most; after so long nobody is looking any more. */
    static final Duration STALE = Duration.ofSeconds(60);

    Findings {
        faults = Map.copyOf(faults);
        shared = Map.copyOf(shared);
    }

    /** Why another node should be asked instead of this one; empty when nothing is wrong with it. */
    Map<String, String> faultsOfThisNode(long now) {
        var all = new TreeMap<>(faults);
        if (database instanceof DatabaseState.PoolBroken) {
            all.put("pool", "The database answers, and this node's pool gives no connection to it.");
        }
        if (now - at > STALE.toNanos()) {
            all.put(
                    "probe",
                    "Nothing has been looked at for "
                            + Duration.ofNanos(now - at).toSeconds() + " s.");
        }
        return all;
    }

    /** What does not go as it should on any node; empty when all is well. */
    Map<String, String> degraded() {
        var all = new TreeMap<>(shared);
        switch (database) {
            case DatabaseState.Answers answers -> {}
            case DatabaseState.Crowded crowded -> all.put("database", "All connections of this node are in use.");
            case DatabaseState.PoolBroken broken -> {} // a fault of this node
            case DatabaseState.Away away -> all.put("database", "The database does not answer.");
        }
        return all;
    }
}

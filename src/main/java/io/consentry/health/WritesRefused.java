package io.consentry.health;

import io.consentry.database.RefusedWrites;
import jakarta.inject.Singleton;
import java.util.Map;

/** A database that answers and takes no writes: its disk is full, or it is read-only. All nodes share that. */
@Singleton
class WritesRefused implements Outage {

    private final RefusedWrites refused;

    WritesRefused(RefusedWrites refused) {
        this.refused = refused;
    }

    @Override
    public Map<String, String> now() {
        return refused.areRecent()
                ? Map.of("database writes", "The database refuses to write: its disk is full, or it is read-only.")
                : Map.of();
    }
}

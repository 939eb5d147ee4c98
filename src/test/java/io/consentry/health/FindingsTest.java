package io.consentry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is a fault of one node, and what all nodes share. */
class FindingsTest {

    private static final long NOW = 1_000_000_000_000L;

    @Test
    void aDatabaseThatIsAwayTakesNoNodeOutOfService() {
        Findings found = found(new DatabaseState.Away(), Map.of(), Map.of());

        assertThat(found.faultsOfThisNode(NOW)).isEmpty();
        assertThat(found.degraded()).containsOnlyKeys("database");
    }

    @Test
    void aPoolThatIsBusyTakesNoNodeOutOfService() {
        Findings found = found(new DatabaseState.Crowded(), Map.of(), Map.of());

        assertThat(found.faultsOfThisNode(NOW)).isEmpty();
        assertThat(found.degraded()).containsOnlyKeys("database");
    }

    @Test
    void aPoolThatIsBrokenTakesTheNodeOutOfService() {
        Findings found = found(new DatabaseState.PoolBroken(), Map.of(), Map.of());

        assertThat(found.faultsOfThisNode(NOW)).containsOnlyKeys("pool");
        assertThat(found.degraded()).isEmpty();
    }

    @Test
    void aKeyThatOpensNothingTakesTheNodeOutOfService() {
        Findings found = found(new DatabaseState.Answers(), Map.of("master key", "It opens nothing."), Map.of());

        assertThat(found.faultsOfThisNode(NOW)).containsEntry("master key", "It opens nothing.");
    }

    @Test
    void aBacklogThatIsLateTakesNoNodeOutOfService() {
        Findings found =
                found(new DatabaseState.Answers(), Map.of(), Map.of("events", "The oldest has waited for 780 s."));

        assertThat(found.faultsOfThisNode(NOW)).isEmpty();
        assertThat(found.degraded()).containsEntry("events", "The oldest has waited for 780 s.");
    }

    @Test
    void whereNobodyLooksAnyMoreTheNodeIsOutOfService() {
        Findings found = found(new DatabaseState.Answers(), Map.of(), Map.of());

        assertThat(found.faultsOfThisNode(NOW + Findings.STALE.toNanos())).isEmpty();
        assertThat(found.faultsOfThisNode(NOW + Findings.STALE.toNanos() + 1)).containsOnlyKeys("probe");
    }

    private static Findings found(DatabaseState database, Map<String, String> faults, Map<String, String> shared) {
        return new Findings(NOW, database, faults, shared);
    }
}

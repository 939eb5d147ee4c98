package io.consentry.key;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a seal covers: no two rows that differ make the same text. */
class SealedColumnsTest {

    @Table(name = "door")
    static class Door extends SealedRow {

        @Id
        String name = "front";

        @Column(name = "opens_for")
        @Nullable String opensFor = "owner";

        String[] keys = {"a", "b"};

        @Nullable Instant until;

        byte @Nullable [] lock;

        @Unsealed("How often somebody rang opens nothing.")
        int rings;
    }

    private final Door door = new Door();

    @Test
    void nullIsNotEmpty() {
        byte[] before = text();

        door.lock = new byte[0];

        assertThat(text()).isNotEqualTo(before);
    }

    @Test
    void nothingMovesFromOneColumnIntoTheNext() {
        door.name = "frontopens_for";
        byte[] before = text();

        door.name = "front";
        door.opensFor = "opens_forowner";

        assertThat(text()).isNotEqualTo(before);
    }

    @Test
    void oneElementIsNotTwo() {
        byte[] before = text();

        door.keys = new String[] {"a b"};

        assertThat(text()).isNotEqualTo(before);
    }

    @Test
    void whatIsDeclaredUnsealedIsLeftOut() {
        byte[] before = text();

        door.rings = 7;

        assertThat(text()).isEqualTo(before);
    }

    @Test
    void timesAreCutToWhatTheDatabaseKeeps() {
        door.until = Instant.parse("2026-11-28T10:00:00.000000999Z");

        SealedColumns.of(Door.class).cutTimes(door);

        assertThat(door.until).isEqualTo("2026-11-28T10:00:00Z");
    }

    private byte[] text() {
        return SealedColumns.of(Door.class).text(door);
    }
}

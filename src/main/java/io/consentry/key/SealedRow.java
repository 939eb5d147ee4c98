package io.consentry.key;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/**
 * A row that opens a door, or decides what may leave, and is good only as this service wrote it: {@link RowSeals} seals it
 * before it is written and looks at the seal before it is believed. The seal covers every column that the class maps, but for
 * those that say why not ({@link Unsealed}).
 */
@MappedSuperclass
public abstract class SealedRow {

    @Column(name = "seal")
    private byte @Nullable [] seal;

    /** The seal it carries, for statements that write many rows at once. */
    public final byte[] seal() {
        return seal == null ? new byte[0] : seal;
    }

    final void seal(byte[] made) {
        seal = made;
    }
}

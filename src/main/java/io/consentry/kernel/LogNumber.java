package io.consentry.kernel;

import java.util.UUID;

/**
 * Which log of the ledger: each has an order and tiles of its own, and a grant stays in its log for life.
 *
 * @param value 0 to 999
 */
public record LogNumber(int value) {

    /** How many there can be at most. */
    public static final int MOST = 1000;

    private static final int VERSION = 8;

    /** The one there always is. */
    public static final LogNumber FIRST = new LogNumber(0);

    public LogNumber {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not the number of a log: " + value);
        }
    }

    /** Whether a log can have this number. */
    static boolean isValid(int value) {
        return value >= 0 && value < MOST;
    }

    /** As it stands in the keys of tables. */
    public short column() {
        return (short) value;
    }

    /** A UUID of version 8 (RFC 9562 §5.8): all bits of another one, but for this number in the 12 behind the version. */
    public UUID in(UUID other) {
        long first = (other.getMostSignificantBits() & ~0xffffL) | ((long) VERSION << 12) | value;
        return new UUID(first, other.getLeastSignificantBits());
    }

    /** The number in such a UUID: the first log's in any other, which is nothing of ours. */
    static LogNumber of(UUID id) {
        int named = (int) (id.getMostSignificantBits() & 0xfff);
        return id.version() == VERSION && isValid(named) ? new LogNumber(named) : FIRST;
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}

package io.consentry.kernel;

/**
 * Which log of the ledger: each has an order and tiles of its own, and a grant stays in its log for life.
 *
 * @param value 0 to 999
 */
public record LogNumber(int value) {

    /** How many there can be at most. */
    public static final int MOST = 1000;

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

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}

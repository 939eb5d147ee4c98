package io.consentry.tlog;

/** Numbers as these formats write them: ASCII digits without leading zeroes. */
final class Decimal {

    private static final int MAX_DIGITS = 18;

    private Decimal() {}

    /** Throws {@code IllegalArgumentException} for what is no such number, or has over 18 digits. */
    static long parse(String text) {
        boolean isCanonical = text.equals("0") || (!text.startsWith("0") && !text.isEmpty());
        if (!isCanonical || text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a decimal number: " + text);
        }
        return Long.parseLong(text);
    }
}

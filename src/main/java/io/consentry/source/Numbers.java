package io.consentry.source;

import static io.consentry.source.Values.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The numbers that sources send, each within what it can honestly be; none of them can be negative. */
final class Numbers {

    /** Digits before the point that an amount can have: below a million million dollars. */
    private static final int DIGITS = 12;

    private static final int CENTS = 2;
    private static final int MEASURED = 6;

    private Numbers() {}

    /** A JSON number without a fraction, from nothing to {@code most}. */
    static Decoder count(long most) {
        return told -> value(whole(told, most));
    }

    static long whole(JsonNode told, long most) {
        if (!told.isIntegralNumber() || !told.canConvertToLong() || told.longValue() < 0 || told.longValue() > most) {
            throw new MalformedValue();
        }
        return told.longValue();
    }

    /** Dollars as a JSON number. */
    static Decoder amount() {
        return told -> value(money(number(told)));
    }

    /** Dollars as a text with two decimals, {@code 310000.01}. */
    static Decoder amountText() {
        return told -> {
            String text = Texts.read(told);
            if (!text.matches("[0-9]{1,12}\\.[0-9]{2}")) {
                throw new MalformedValue();
            }
            return value(money(new BigDecimal(text)));
        };
    }

    /** Dollars as a whole number of cents. */
    static Decoder cents() {
        return told -> {
            if (!told.isIntegralNumber()) {
                throw new MalformedValue();
            }
            BigInteger cents = told.bigIntegerValue();
            return value(money(new BigDecimal(cents, CENTS)));
        };
    }

    /** What was measured, as a JSON number with at most six decimals. */
    static Decoder measure() {
        return told -> value(bounded(number(told), MEASURED));
    }

    private static BigDecimal number(JsonNode told) {
        if (!told.isNumber()) {
            throw new MalformedValue();
        }
        return told.decimalValue();
    }

    private static BigDecimal money(BigDecimal amount) {
        return bounded(amount, CENTS).setScale(CENTS);
    }

    /** The number, written without an exponent. Its size is judged first: what {@code 1e999999999} would fill is memory. */
    private static BigDecimal bounded(BigDecimal number, int decimals) {
        BigDecimal shortest = number.stripTrailingZeros();
        if (shortest.signum() < 0
                || shortest.scale() > decimals
                || (long) shortest.precision() - shortest.scale() > DIGITS) {
            throw new MalformedValue();
        }
        return shortest.setScale(Math.max(0, shortest.scale()));
    }
}

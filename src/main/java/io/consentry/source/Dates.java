package io.consentry.source;

import static io.consentry.source.Values.value;

/** The dates and times that sources send, and what they become. */
final class Dates {

    private Dates() {}

    /** A date in the source's own notation, or an empty text. */
    static Decoder date(Notation notation) {
        return told -> value(isEmpty(Texts.read(told)) ? "" : iso(Texts.read(told), notation));
    }

    /** A date that cannot be missing where the record is held. */
    static Decoder givenDate(Notation notation) {
        return told -> value(iso(Texts.read(told), notation));
    }

    /** A month, {@code 202605}. */
    static Decoder month() {
        return told -> {
            String text = Texts.read(told);
            String month = text.matches("[0-9]{6}") ? text.substring(0, 4) + "-" + text.substring(4) : "";
            Notation.ISO.day(month + "-01");
            return value(month);
        };
    }

    /** {@code YYYY}. */
    static Decoder year() {
        return Texts.that(Dates::isYear);
    }

    /** {@code YYYY}, or an empty text. */
    static Decoder yearOrNone() {
        return Texts.that(text -> isEmpty(text) || isYear(text));
    }

    /** {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}: some births are known no better. */
    static Decoder partialDate() {
        return told -> {
            String text = Texts.read(told);
            Notation.ISO.day(
                    switch (text.length()) {
                        case 4 -> text + "-01-01";
                        case 7 -> text + "-01";
                        default -> text;
                    });
            return value(text);
        };
    }

    /** RFC 3339, with offset, and sent on as it is. */
    static Decoder dateTime() {
        return told -> {
            String text = Texts.read(told);
            Notation.instant(text);
            return value(text);
        };
    }

    /** A time of day, {@code 0915}, or an empty text. */
    static Decoder timeOfDay() {
        return Texts.that(text -> text.matches("([01][0-9]|2[0-3])[0-5][0-9]|"));
    }

    private static boolean isYear(String text) {
        return text.matches("[0-9]{4}") && !text.equals("0000");
    }

    private static boolean isEmpty(String text) {
        return text.isEmpty();
    }

    private static String iso(String text, Notation notation) {
        return notation.day(text).toString();
    }
}

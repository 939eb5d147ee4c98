package io.consentry.source;

import static io.consentry.source.Values.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.kernel.NationalId;
import java.util.Set;
import java.util.function.Predicate;

/** The texts that sources send. Every one is read by {@link #read}, so that none that is broken gets further. */
final class Texts {

    /** The highest two code points of every plane, and a block of the first: never characters (Unicode §23.7). */
    private static final int PLANE = 0xFFFF;

    private Texts() {}

    /** Any text, or an empty one. */
    static Decoder text() {
        return told -> value(read(told));
    }

    /** A text that cannot be missing where the record is held. */
    static Decoder filled() {
        return that(text -> !text.isBlank());
    }

    /** One of a few words; an empty text only where it is listed. */
    static Decoder oneOf(String... words) {
        return that(Set.of(words)::contains);
    }

    static Decoder identityNumber() {
        return that(NationalId::isValid);
    }

    /** The last four characters of an identity number, behind asterisks. */
    static Decoder maskedIdentityNumber() {
        return told -> value(
                "****" + identityNumber().decode(told).path("value").textValue().substring(5));
    }

    /** One {@code @} with something on both sides and no space: no more can be told without sending to it. */
    static Decoder emailAddress() {
        return that(text -> text.matches("[^\\s@]+@[^\\s@]+"));
    }

    /** {@code Y} or {@code N}. */
    static Decoder yesNo() {
        return told ->
                value(oneOf("Y", "N").decode(told).path("value").textValue().equals("Y"));
    }

    /** A JSON boolean. */
    static Decoder truth() {
        return told -> {
            if (!told.isBoolean()) {
                throw new MalformedValue();
            }
            return value(told.booleanValue());
        };
    }

    /** A text of which this holds. */
    static Decoder that(Predicate<String> holds) {
        return told -> {
            String text = read(told);
            if (!holds.test(text)) {
                throw new MalformedValue();
            }
            return value(text);
        };
    }

    /**
     * A whole text: no half of a surrogate pair, which would go out as a question mark; no character that somebody has
     * replaced already; nothing that is no character, controls nothing and separates no lines.
     */
    static String read(JsonNode told) {
        if (!told.isTextual() || !told.textValue().codePoints().allMatch(Texts::isWhole)) {
            throw new MalformedValue();
        }
        return told.textValue();
    }

    private static boolean isWhole(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SURROGATE, Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> codePoint != '\uFFFD' && !isNoncharacter(codePoint);
        };
    }

    private static boolean isNoncharacter(int codePoint) {
        return (codePoint & PLANE) >= 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }
}

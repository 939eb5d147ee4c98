package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The native forms that sources use for plain data, and what they become. An empty text is a value: the source knows
 * there is none.
 */
final class Decoders {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Decoders() {}

    static Decoder text() {
        return told -> value(textOf(told));
    }

    /** A date in the source's own notation, or an empty text. */
    static Decoder date(DateTimeFormatter notation) {
        return told -> value(isoDate(textOf(told), notation));
    }

    /** A month in the source's own notation. */
    static String isoMonth(String text, DateTimeFormatter notation) {
        return parsed(() -> YearMonth.parse(text, notation).toString());
    }

    static String isoDate(String text, DateTimeFormatter notation) {
        return text.isEmpty()
                ? ""
                : parsed(() -> LocalDate.parse(text, notation).toString());
    }

    /** {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}: some births are known no better. */
    static Decoder partialDate() {
        return told -> {
            String text = textOf(told);
            switch (text.length()) {
                case 4 -> parsed(() -> YearMonth.parse(text + "-01"));
                case 7 -> parsed(() -> YearMonth.parse(text));
                default -> parsed(() -> LocalDate.parse(text));
            }
            return value(text);
        };
    }

    static Decoder dateTime() {
        return told -> {
            String text = textOf(told);
            parsed(() -> OffsetDateTime.parse(text));
            return value(text);
        };
    }

    static Decoder count() {
        return told -> {
            if (!told.isIntegralNumber() || !told.canConvertToLong()) {
                throw SourceFailure.malformed();
            }
            return whole(told.longValue());
        };
    }

    /** An amount as a JSON number. */
    static Decoder amount() {
        return told -> {
            if (!told.isNumber()) {
                throw SourceFailure.malformed();
            }
            return number(told.decimalValue());
        };
    }

    /** An amount as a text with two decimals, {@code 310000.01}. */
    static Decoder amountText() {
        return told -> number(dollars(textOf(told)));
    }

    static BigDecimal dollars(String text) {
        if (!text.matches("[0-9]{1,12}\\.[0-9]{2}")) {
            throw SourceFailure.malformed();
        }
        return new BigDecimal(text);
    }

    /** An amount as a whole number of cents. */
    static Decoder cents() {
        return told -> {
            if (!told.isIntegralNumber()) {
                throw SourceFailure.malformed();
            }
            return number(dollars(told.bigIntegerValue()));
        };
    }

    static BigDecimal dollars(BigInteger cents) {
        return new BigDecimal(cents, 2);
    }

    /** {@code Y} or {@code N}. */
    static Decoder yesNo() {
        return told -> switch (textOf(told)) {
            case "Y" -> JSON.objectNode().put("value", true);
            case "N" -> JSON.objectNode().put("value", false);
            default -> throw SourceFailure.malformed();
        };
    }

    /** A composite member in the form of a record. */
    static <T extends Record> Decoder record(Class<T> type, Function<T, JsonNode> shape) {
        return told -> shape.apply(NativeReader.as(told, type));
    }

    /** A list of composite members, as a list. */
    static <T extends Record> Decoder records(Class<T> type, Function<T, JsonNode> shape) {
        return told -> {
            if (!told.isArray()) {
                throw SourceFailure.malformed();
            }
            ArrayNode list = JSON.arrayNode();
            told.forEach(element -> list.add(shape.apply(NativeReader.as(element, type))));
            return list;
        };
    }

    /** What a decoder makes, one object further down: {@code {"history": …}}. */
    static Decoder under(String name, Decoder inner) {
        return told -> JSON.objectNode().set(name, inner.decode(told));
    }

    static ObjectNode value(String text) {
        return JSON.objectNode().put("value", text);
    }

    static ObjectNode whole(long number) {
        return JSON.objectNode().put("value", number);
    }

    static ObjectNode number(BigDecimal number) {
        return JSON.objectNode().put("value", number);
    }

    static String textOf(JsonNode told) {
        if (!told.isTextual()) {
            throw SourceFailure.malformed();
        }
        return told.textValue();
    }

    private static <T> T parsed(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (DateTimeException e) {
            throw SourceFailure.malformed();
        }
    }
}

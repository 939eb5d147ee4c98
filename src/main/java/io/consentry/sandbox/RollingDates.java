package io.consentry.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates that roll with the calendar. A text {@code @-1y2m10d} in a person's file stands for the day one year, two
 * months and ten days before today, {@code @+3m} for one in three months, {@code @0d} for today, in the agency's
 * notation; {@code
 * @-5m|uuuu} in the notation behind the bar.
 */
final class RollingDates {

    static final ZoneId SINGAPORE = ZoneId.of("Asia/Singapore");

    private static final Pattern FORM =
            Pattern.compile("@([+-]?)(?:([0-9]+)y)?(?:([0-9]+)m)?(?:([0-9]+)d)?(?:\\|(.+))?");

    private final LocalDate today;
    private final String notation;

    RollingDates(LocalDate today, String notation) {
        this.today = today;
        this.notation = notation;
    }

    /** A copy in which every rolling date is a real one. */
    JsonNode resolve(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), resolve(member.getValue())));
                yield copy;
            }
            case ArrayNode list -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                list.forEach(element -> copy.add(resolve(element)));
                yield copy;
            }
            case JsonNode value
            when value.isTextual() && value.textValue().startsWith("@") ->
                JsonNodeFactory.instance.textNode(resolve(value.textValue()));
            default -> node;
        };
    }

    private String resolve(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a rolling date: " + text);
        }
        Period distance = Period.of(number(parts, 2), number(parts, 3), number(parts, 4));
        LocalDate day = parts.group(1).equals("-") ? today.minus(distance) : today.plus(distance);
        String pattern = parts.group(5) == null ? notation : parts.group(5);
        return day.atTime(LocalTime.of(9, 30))
                .atZone(SINGAPORE)
                .format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }
}

package io.consentry.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Leaf;
import io.consentry.catalogue.Limits;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.catalogue.Shape;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far back records of a history may reach: as the purpose allowed when the person decided, and as it allows now,
 * whichever is less. A record counts by the last day that it may be about; one without a date that can be read is left
 * out.
 *
 * @param from the earliest day, in Singapore; nothing is left out when absent
 */
record HistoryDepth(Optional<LocalDate> from) {

    private static final ZoneId SINGAPORE = ZoneId.of("Asia/Singapore");

    static HistoryDepth of(Catalogue catalogue, PurposeVersion purpose, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, SINGAPORE);
        return new HistoryDepth(Stream.of(catalogue.purpose(purpose), catalogue.purpose(purpose.code()))
                .flatMap(Optional::stream)
                .map(Purpose::access)
                .map(Purpose.Access::limits)
                .map(Limits::history)
                .flatMap(Optional::stream)
                .map(today::minus)
                .max(Comparator.naturalOrder()));
    }

    /** Takes the records that are too old out of an attribute's fragment, and returns it. */
    ObjectNode cut(ObjectNode fragment, Shape shape) {
        from.ifPresent(earliest ->
                shape.leaves().stream().filter(Leaf::dates).forEach(leaf -> cut(fragment, leaf.path(), earliest)));
        return fragment;
    }

    private static void cut(JsonNode node, List<String> path, LocalDate earliest) {
        String step = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (!step.endsWith("[]")) {
            cut(node.path(step), rest, earliest);
        } else if (node.path(step.substring(0, step.length() - 2)) instanceof ArrayNode records) {
            records.removeIf(entry ->
                    lastDay(entry, rest).filter(day -> !day.isBefore(earliest)).isEmpty());
        }
    }

    private static Optional<LocalDate> lastDay(JsonNode entry, List<String> path) {
        JsonNode value = entry;
        for (String step : path) {
            value = value.path(step);
        }
        return lastDay(value.asText(""));
    }

    /** Of {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}. */
    private static Optional<LocalDate> lastDay(String text) {
        try {
            return switch (text.length()) {
                case 4 -> Optional.of(Year.parse(text).atMonth(12).atEndOfMonth());
                case 7 -> Optional.of(YearMonth.parse(text).atEndOfMonth());
                default -> Optional.of(LocalDate.parse(text));
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

package io.consentry.wording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Leaf;
import io.consentry.catalogue.LeafType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads an attribute's fragment of {@code person_info} aloud, by its shape: addresses on one line, phone numbers with their
 * prefix, codes by what they mean, money and dates as they are written here, lists as tables. What is not there is left out.
 */
@ApplicationScoped
public class Reader {

    private final Writing writing;

    Reader(Writing writing) {
        this.writing = writing;
    }

    public Reading read(Attribute attribute, ObjectNode fragment) {
        List<Leaf> leaves = attribute.shape().leaves();
        int list = firstList(leaves);
        if (list < 0) {
            return Reading.lines(lines(parts(attribute, leaves, fragment, 0)));
        }
        List<Map<String, String>> records = StreamSupport.stream(
                        at(fragment, leaves.getFirst().path().subList(0, list + 1))
                                .spliterator(),
                        false)
                .map(record -> parts(attribute, leaves, record, list + 1))
                .toList();
        return records(records);
    }

    private Reading records(List<Map<String, String>> records) {
        List<String> columns = records.stream()
                .flatMap(record -> record.keySet().stream())
                .distinct()
                .toList();
        if (columns.size() < 2) {
            return Reading.lines(
                    records.stream().flatMap(record -> lines(record).stream()).toList());
        }
        List<List<String>> rows = records.stream()
                .map(record -> columns.stream()
                        .map(column -> record.getOrDefault(column, ""))
                        .toList())
                .toList();
        return new Reading(List.of(), columns.stream().map(writing::part).toList(), rows);
    }

    /** One part alone needs no name; several are told apart by theirs. */
    private List<String> lines(Map<String, String> parts) {
        if (parts.size() == 1) {
            return List.copyOf(parts.values());
        }
        return parts.entrySet().stream()
                .map(part -> writing.named(part.getKey(), part.getValue()))
                .toList();
    }

    /** What the object at a depth of the shape holds, by the name of each part; parts without a value are left out. */
    private Map<String, String> parts(Attribute attribute, List<Leaf> leaves, JsonNode object, int depth) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            List<String> path = leaf.path().subList(depth, leaf.path().size());
            part(attribute, leaf, path, object)
                    .filter(text -> !text.isBlank())
                    .ifPresent(text -> parts.putIfAbsent(name(attribute, path), text));
        }
        return parts;
    }

    private Optional<String> part(Attribute attribute, Leaf leaf, List<String> path, JsonNode object) {
        int whole = wholeAt(path);
        if (whole >= 0) {
            return Optional.of(whole(path.get(whole), at(object, path.subList(0, whole + 1))));
        }
        JsonNode value = at(object, path);
        if (value.isArray() || path.stream().anyMatch(step -> step.endsWith("[]"))) {
            return Optional.of(nested(attribute, leaf, path, object));
        }
        if (leaf.type() == LeafType.CODE || path.getLast().equals("desc")) {
            JsonNode holder = at(object, path.subList(0, path.size() - 1));
            return Optional.of(writing.described(
                    holder.path("code").asText(""), holder.path("desc").asText("")));
        }
        return value.isValueNode() && !value.isNull()
                ? Optional.of(writing.value(attribute, leaf, value))
                : Optional.empty();
    }

    /** A list within a record: what its elements hold, one after the other. */
    private String nested(Attribute attribute, Leaf leaf, List<String> path, JsonNode object) {
        int list = 0;
        while (!path.get(list).endsWith("[]")) {
            list++;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : at(object, path.subList(0, list + 1))) {
            part(attribute, leaf, path.subList(list + 1, path.size()), element).ifPresent(texts::add);
        }
        return String.join(", ", texts);
    }

    /** Some objects are read as one: addresses, phone numbers, and time in years and months. */
    private static int wholeAt(List<String> path) {
        for (int i = 0; i < path.size(); i++) {
            if (Writing.isWhole(path.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private String whole(String name, JsonNode object) {
        return switch (name) {
            case "mobileno" -> writing.phone(object);
            case "balanceloanrepayment" -> writing.yearsAndMonths(object);
            default -> writing.address(object);
        };
    }

    /** The name of the member that holds the part: {@code amount} of {@code noas[].amount.value}. */
    private static String name(Attribute attribute, List<String> path) {
        int last = path.size() - 1;
        String own = attribute.name().value();
        while (last > 0 && List.of("value", "code", "desc").contains(path.get(last))) {
            last--;
        }
        int whole = wholeAt(path);
        String name = path.get(whole >= 0 ? whole : last).replace("[]", "");
        return name.isEmpty() ? own : name;
    }

    private static int firstList(List<Leaf> leaves) {
        List<String> path = leaves.getFirst().path();
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).endsWith("[]")) {
                return i;
            }
        }
        return -1;
    }

    private static JsonNode at(JsonNode from, List<String> path) {
        JsonNode node = from;
        for (String step : path) {
            node = node.path(step.replace("[]", ""));
        }
        return node;
    }
}

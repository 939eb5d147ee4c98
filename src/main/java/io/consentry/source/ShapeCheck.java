package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a fragment to the catalogue: every leaf is one of the attribute's own, of its type and within its length. What
 * an adapter or a source gets wrong becomes unavailable here, and never leaves.
 */
final class ShapeCheck {

    private static final Set<String> METADATA = Set.of("classification", "source", "lastupdated", "unavailable");

    private ShapeCheck() {}

    /** Returns the fragment; throws {@link SourceFailure} when it does not have the attribute's shape. */
    static ObjectNode verify(Attribute attribute, ObjectNode fragment) {
        Map<List<String>, Leaf> leaves = new HashMap<>();
        attribute.shape().leaves().forEach(leaf -> leaves.put(leaf.path(), leaf));
        walk(fragment, List.of(), leaves);
        return fragment;
    }

    private static void walk(ObjectNode object, List<String> at, Map<List<String>, Leaf> leaves) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            switch (member.getValue()) {
                case ObjectNode inner -> walk(inner, below(at, member.getKey()), leaves);
                case ArrayNode list -> walkEach(list, below(at, member.getKey() + "[]"), leaves);
                case JsonNode value -> {
                    if (!METADATA.contains(member.getKey())) {
                        check(value, leaves.get(below(at, member.getKey())));
                    }
                }
            }
        }
    }

    private static void walkEach(ArrayNode list, List<String> at, Map<List<String>, Leaf> leaves) {
        for (JsonNode element : list) {
            if (!(element instanceof ObjectNode object)) {
                throw SourceFailure.malformed();
            }
            walk(object, at, leaves);
        }
    }

    private static void check(JsonNode value, @Nullable Leaf leaf) {
        if (leaf == null || !isOf(value, leaf)) {
            throw SourceFailure.malformed();
        }
        // Lengths are given for what is told; those of descriptions contradict the code tables.
        boolean isDescription = leaf.path().getLast().equals("desc");
        if (!isDescription
                && leaf.maxLength().isPresent()
                && value.asText().length() > leaf.maxLength().getAsInt()) {
            throw SourceFailure.malformed();
        }
    }

    private static boolean isOf(JsonNode value, Leaf leaf) {
        return switch (leaf.type()) {
            case NUMBER -> value.isNumber();
            case INTEGER -> value.isIntegralNumber();
            case BOOLEAN -> value.isBoolean();
            case TEXT, CODE, DATE, PARTIAL_DATE, DATE_TIME -> value.isTextual();
        };
    }

    private static List<String> below(List<String> at, String name) {
        List<String> path = new ArrayList<>(at);
        path.add(name);
        return List.copyOf(path);
    }
}

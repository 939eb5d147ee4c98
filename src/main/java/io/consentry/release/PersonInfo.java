package io.consentry.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Shape;
import java.util.List;
import java.util.Set;

/** Cuts a fragment of {@code person_info} down to what a shape names, and puts fragments together. */
final class PersonInfo {

    /** Metadata that Myinfo puts beside the values: allowed wherever the shape allows an object. */
    private static final Set<String> ENVELOPE = Set.of("classification", "source", "lastupdated", "unavailable");

    private PersonInfo() {}

    /** A copy that holds the shape's leaves, the envelope beside them, and nothing else. */
    static ObjectNode prune(ObjectNode fragment, Shape shape) {
        List<List<String>> paths =
                shape.leaves().stream().map(leaf -> leaf.path()).toList();
        return pruneObject(fragment, paths, 0, false);
    }

    private static ObjectNode pruneObject(ObjectNode node, List<List<String>> paths, int depth, boolean inside) {
        ObjectNode pruned = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> {
            if (inside
                    && ENVELOPE.contains(member.getKey())
                    && member.getValue().isValueNode()) {
                pruned.set(member.getKey(), member.getValue());
            } else {
                pruneMember(member.getKey(), member.getValue(), paths, depth, pruned);
            }
        });
        return pruned;
    }

    private static void pruneMember(
            String name, JsonNode value, List<List<String>> paths, int depth, ObjectNode pruned) {
        String step = value.isArray() ? name + "[]" : name;
        List<List<String>> below = paths.stream()
                .filter(path -> path.size() > depth && path.get(depth).equals(step))
                .toList();
        if (below.isEmpty()) {
            return;
        }
        boolean leaf = below.stream().anyMatch(path -> path.size() == depth + 1);
        switch (value) {
            case ObjectNode object -> pruned.set(name, pruneObject(object, below, depth + 1, true));
            case ArrayNode array -> pruned.set(name, pruneArray(array, below, depth + 1));
            default -> {
                if (leaf) {
                    pruned.set(name, value);
                }
            }
        }
    }

    private static ArrayNode pruneArray(ArrayNode array, List<List<String>> paths, int depth) {
        ArrayNode pruned = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> {
            if (element instanceof ObjectNode object) {
                pruned.add(pruneObject(object, paths, depth, true));
            }
        });
        return pruned;
    }

    /** Puts a fragment into a record: objects member by member, arrays index by index. */
    static void merge(ObjectNode fragment, ObjectNode into) {
        fragment.properties().forEach(member -> {
            JsonNode there = into.get(member.getKey());
            if (there instanceof ObjectNode object && member.getValue() instanceof ObjectNode more) {
                merge(more, object);
            } else if (there instanceof ArrayNode array && member.getValue() instanceof ArrayNode more) {
                merge(more, array);
            } else {
                into.set(member.getKey(), member.getValue());
            }
        });
    }

    private static void merge(ArrayNode fragment, ArrayNode into) {
        for (int i = 0; i < fragment.size(); i++) {
            if (i < into.size()
                    && into.get(i) instanceof ObjectNode object
                    && fragment.get(i) instanceof ObjectNode more) {
                merge(more, object);
            } else if (i >= into.size()) {
                into.add(fragment.get(i));
            }
        }
    }
}

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
 * Holds a fragment to the catalogue: every leaf is one of the attribute's own, and of its type. What an adapter gets
 * wrong is malformed here, and never leaves. A text beyond its documented length is remarked upon, not withheld: the
 * document is what is wrong then.
 */
final class ShapeCheck {

    private static final Set<String> METADATA = Set.of("classification", "source", "lastupdated", "unavailable");

    private final Attribute attribute;
    private final Remarks remarks;
    private final Map<List<String>, Leaf> leaves = new HashMap<>();

    ShapeCheck(Attribute attribute, Remarks remarks) {
        this.attribute = attribute;
        this.remarks = remarks;
        attribute.shape().leaves().forEach(leaf -> leaves.put(leaf.path(), leaf));
    }

    /** Throws {@link MalformedValue} when the fragment does not have the attribute's shape. */
    void verify(ObjectNode fragment) {
        walk(fragment, List.of());
    }

    private void walk(ObjectNode object, List<String> at) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            switch (member.getValue()) {
                case ObjectNode inner -> walk(inner, below(at, member.getKey()));
                case ArrayNode list -> walkEach(list, below(at, member.getKey() + "[]"));
                case JsonNode value -> {
                    if (!METADATA.contains(member.getKey())) {
                        check(value, leaves.get(below(at, member.getKey())));
                    }
                }
            }
        }
    }

    private void walkEach(ArrayNode list, List<String> at) {
        for (JsonNode element : list) {
            if (!(element instanceof ObjectNode object)) {
                throw new MalformedValue();
            }
            walk(object, at);
        }
    }

    private void check(JsonNode value, @Nullable Leaf leaf) {
        if (leaf == null || !isOf(value, leaf)) {
            throw new MalformedValue();
        }
        // Lengths are given for what is told; those of descriptions contradict the code tables.
        boolean isDescription = leaf.path().getLast().equals("desc");
        if (value.isTextual() && !isDescription && leaf.maxLength().isPresent()) {
            int length = (int) value.textValue().codePoints().count();
            if (length > leaf.maxLength().getAsInt()) {
                remarks.overlong(attribute, length);
            }
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

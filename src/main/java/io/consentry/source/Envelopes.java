package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Leaf;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts decoded values into Myinfo's envelopes: {@code classification}, {@code source}, {@code lastupdated} and, only
 * when true, {@code unavailable}, on the object that the catalogue names. Pure.
 */
final class Envelopes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NOT_APPLICABLE = "3";

    private Envelopes() {}

    /** The attribute as a whole. */
    static ObjectNode held(Attribute attribute, String provenance, JsonNode value, Optional<LocalDate> asOf) {
        return wrap(attribute, enveloped(attribute, value, provenance, asOf));
    }

    /** The attribute's share of each record of a list; a record of which the source tells nothing keeps its place. */
    static ObjectNode records(Attribute attribute, String provenance, List<Share> shares) {
        ArrayNode list = JSON.arrayNode();
        for (Share share : shares) {
            list.add(
                    share.value().isPresent()
                            ? enveloped(attribute, share.value().get(), provenance, share.asOf())
                            : stamp(JSON.objectNode(), provenance, share.asOf()));
        }
        return wrap(attribute, list);
    }

    /** {@code unavailable: true} and no value member at all; an empty list where Myinfo has a list. */
    static ObjectNode noRecord(Attribute attribute, String provenance, Optional<LocalDate> asOf) {
        return wrap(
                attribute,
                attribute.shape().isList()
                        ? JSON.arrayNode()
                        : stamp(JSON.objectNode(), provenance, asOf).put("unavailable", true));
    }

    /** Scalar texts keep their keys with empty texts; everything else is {@code unavailable}; a list is empty. */
    static ObjectNode notApplicable(Attribute attribute) {
        if (attribute.shape().isList()) {
            return wrap(attribute, JSON.arrayNode());
        }
        ObjectNode item = JSON.objectNode();
        if (isScalarText(attribute)) {
            attribute.shape().leaves().forEach(leaf -> item.put(leaf.path().getLast(), ""));
            return wrap(attribute, stamp(item, NOT_APPLICABLE, Optional.empty()));
        }
        return wrap(attribute, stamp(item, NOT_APPLICABLE, Optional.empty()).put("unavailable", true));
    }

    private static boolean isScalarText(Attribute attribute) {
        Set<String> keys = Set.of("value", "code", "desc");
        int depth = envelope(attribute).size() + 1;
        return attribute.shape().leaves().stream()
                .allMatch(leaf ->
                        leaf.path().size() == depth && keys.contains(leaf.path().getLast()) && isText(leaf));
    }

    private static boolean isText(Leaf leaf) {
        return switch (leaf.type()) {
            case NUMBER, INTEGER, BOOLEAN -> false;
            case TEXT, CODE, DATE, PARTIAL_DATE, DATE_TIME -> true;
        };
    }

    /** The object that carries the metadata, with the value below it where the attribute's own name says. */
    private static ObjectNode enveloped(
            Attribute attribute, JsonNode value, String provenance, Optional<LocalDate> asOf) {
        List<String> names = names(attribute);
        List<String> inner = names.subList(envelope(attribute).size(), names.size());
        JsonNode node = nest(inner, value);
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalStateException("no object at the envelope of " + attribute.name());
        }
        return stamp(object, provenance, asOf);
    }

    private static ObjectNode wrap(Attribute attribute, JsonNode atEnvelope) {
        return (ObjectNode) nest(envelope(attribute), atEnvelope);
    }

    private static JsonNode nest(List<String> names, JsonNode innermost) {
        JsonNode node = innermost;
        for (String name : names.reversed()) {
            node = JSON.objectNode().set(name, node);
        }
        return node;
    }

    private static ObjectNode stamp(ObjectNode object, String provenance, Optional<LocalDate> asOf) {
        return object.put("classification", "C")
                .put("source", provenance)
                .put("lastupdated", asOf.map(LocalDate::toString).orElse(""));
    }

    private static List<String> names(Attribute attribute) {
        return List.of(attribute.name().value().split("\\.", -1));
    }

    private static List<String> envelope(Attribute attribute) {
        return List.of(attribute.shape().envelopeAt().replace("[]", "").split("\\.", -1));
    }

    /** What one record of a list contributes; empty when the source tells only a part of that record. */
    record Share(Optional<JsonNode> value, Optional<LocalDate> asOf) {

        @Override
        public String toString() {
            return "Share[redacted]";
        }
    }
}

package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Members that are objects or lists: made of leaves, each read by the same readers as a leaf that stands alone. */
final class Composites {

    private Composites() {}

    /**
     * A part of a composite member.
     *
     * @param name what Myinfo calls it
     * @param member what the source calls it
     */
    record Part(String name, String member, Decoder decoder) {}

    static Part part(String name, String member, Decoder decoder) {
        return new Part(name, member, decoder);
    }

    /** An object of exactly these members, as an object. */
    static Decoder parts(Part... parts) {
        List<Part> all = List.of(parts);
        return told -> {
            if (!told.isObject() || told.size() != all.size()) {
                throw new MalformedValue();
            }
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            all.forEach(part -> node.set(part.name(), part.decoder().decode(member(told, part.member()))));
            return node;
        };
    }

    /** An object of exactly this member, as what the member becomes. */
    static Decoder only(String member, Decoder decoder) {
        return told -> parts(part("", member, decoder)).decode(told).get("");
    }

    /** A list, as a list. */
    static Decoder each(Decoder decoder) {
        return told -> {
            if (!told.isArray()) {
                throw new MalformedValue();
            }
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            told.forEach(element -> list.add(decoder.decode(element)));
            return list;
        };
    }

    /** What a decoder makes, one object further down: {@code {"history": …}}. */
    static Decoder under(String name, Decoder inner) {
        return told -> JsonNodeFactory.instance.objectNode().set(name, inner.decode(told));
    }

    private static JsonNode member(JsonNode told, String name) {
        JsonNode member = told.get(name);
        if (member == null) {
            throw new MalformedValue();
        }
        return member;
    }
}

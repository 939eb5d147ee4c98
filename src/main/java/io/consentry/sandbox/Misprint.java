package io.consentry.sandbox;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One wrong value in an answer that is otherwise right.
 *
 * @param at where, as a JSON pointer (RFC 6901), for example {@code /births/0/birthDate}; where the answer has no such
 *     place, it stays right
 * @param value what stands there instead
 */
record Misprint(String at, JsonNode value) {

    /** Writes half a character as it would come from a source that cut a text: escaped, since UTF-8 has no form for it. */
    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    Misprint {
        JsonPointer.compile(at);
    }

    /** The answer as it goes over the wire. */
    String in(ObjectNode answer) {
        JsonPointer place = JsonPointer.compile(at);
        JsonNode holder = answer.at(place.head());
        if (!answer.at(place).isMissingNode()) {
            switch (holder) {
                case ObjectNode object -> object.set(place.last().getMatchingProperty(), value);
                case ArrayNode list -> list.set(place.last().getMatchingIndex(), value);
                default -> {}
            }
        }
        try {
            return ESCAPING.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}

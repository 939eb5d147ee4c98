package io.consentry.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The canonical form of an event: RFC 8785 JSON of strings, integers and one object of strings, in UTF-8. These are the
 * bytes that a commitment covers, so their form never changes; a new form is a new {@code v}.
 */
final class EventForm {

    /** Writes what RFC 8785 §3.2 demands of strings, integers and objects of them: the only things that are in an event. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private static final int VERSION = 1;

    private EventForm() {}

    /**
     * An event, and what its canonical form says beside it.
     *
     * @param after how many events its person had in its log when it was drafted; empty when there was no person
     */
    record Stated(LedgerEvent event, OptionalLong after) {}

    static byte[] canonical(LedgerEvent event, OptionalLong after) {
        ObjectNode node = JSON.createObjectNode()
                .put("v", VERSION)
                .put("record_id", event.recordId().toString())
                .put("event", event.kind().wire())
                .put("at", event.at().toString())
                .put("grant_id", event.grantId().toString())
                .put("grant_version", event.version())
                .put("client_id", event.clientId().value())
                .put("actor", event.actor().wire());
        after.ifPresent(events -> node.put("after", events));
        event.reason().ifPresent(code -> node.put("reason", code));
        if (!event.outcomes().isEmpty()) {
            ObjectNode outcomes = node.putObject("attributes");
            event.outcomes().forEach((name, outcome) -> outcomes.put(name.value(), outcome));
        }
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of strings always has a canonical form", e);
        }
    }

    static Stated parse(byte[] canonical) {
        try {
            JsonNode node = JSON.readTree(canonical);
            var outcomes = new TreeMap<AttributeName, String>();
            node.path("attributes")
                    .properties()
                    .forEach(entry -> outcomes.put(
                            new AttributeName(entry.getKey()), entry.getValue().asText()));
            var event = new LedgerEvent(
                    UUID.fromString(node.get("record_id").asText()),
                    EventKind.ofWire(node.get("event").asText()),
                    Instant.parse(node.get("at").asText()),
                    GrantId.parse(node.get("grant_id").asText()),
                    node.get("grant_version").asInt(),
                    new ClientId(node.get("client_id").asText()),
                    Actor.valueOf(node.get("actor").asText().toUpperCase(java.util.Locale.ROOT)),
                    Optional.ofNullable(node.get("reason")).map(JsonNode::asText),
                    outcomes);
            JsonNode after = node.get("after");
            return new Stated(event, after == null ? OptionalLong.empty() : OptionalLong.of(after.asLong()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sealed event is not JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException("a sealed event cannot be read", e);
        }
    }
}

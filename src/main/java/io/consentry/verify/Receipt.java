package io.consentry.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consentry.tlog.CanonicalBase64;
import io.consentry.tlog.Hash;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * A receipt as its file has it. Its own text may hold personal data, so it does not print.
 *
 * @param state what the receipt says of itself
 * @param canonicalEvent the event in its RFC 8785 form, which the commitment covers
 * @param opening the key of that commitment
 * @param promise a compact JWS
 * @param proof a {@code tlog-proof@v1}
 */
record Receipt(
        String state,
        byte[] canonicalEvent,
        byte[] opening,
        Hash leafHash,
        String origin,
        Optional<String> promise,
        Optional<String> proof) {

    static final int MAX_BYTES = 1024 * 1024;

    private static final String FORM = "consentry.receipt/v1";
    private static final Set<String> STATES = Set.of("promised", "included", "witnessed");
    private static final Set<String> MEMBERS =
            Set.of("receipt", "state", "event", "opening", "leaf_hash", "log", "promise", "proof", "record", "count");
    private static final int OPENING_BYTES = 32;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads one; throws {@code IllegalArgumentException} with a sentence when it is none. */
    static Receipt parse(byte[] file) {
        if (file.length > MAX_BYTES) {
            throw new IllegalArgumentException("The file has more than " + MAX_BYTES + " bytes.");
        }
        JsonNode json = tree(file);
        if (!json.path("receipt").asText().equals(FORM)) {
            throw new IllegalArgumentException("The member receipt is not \"" + FORM + "\".");
        }
        // A member that is passed over could be one that was renamed to hide it.
        json.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                throw new IllegalArgumentException("A receipt of this form has no member " + member + ".");
            }
        });
        String state = text(json, "state");
        if (!STATES.contains(state)) {
            throw new IllegalArgumentException("The member state is none of promised, included, witnessed.");
        }
        return new Receipt(
                state,
                canonical(json.path("event")),
                opening(text(json, "opening")),
                leafHash(text(json, "leaf_hash")),
                text(json.path("log"), "origin"),
                optional(json, "promise"),
                optional(json, "proof"));
    }

    private static JsonNode tree(byte[] file) {
        try {
            JsonNode json = JSON.readTree(file);
            if (!json.isObject()) {
                throw new IllegalArgumentException("The file is no JSON object.");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The file is no JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file is no JSON.", e);
        }
    }

    private static byte[] canonical(JsonNode event) {
        if (!event.isObject()) {
            throw new IllegalArgumentException("The member event is no object.");
        }
        String json = event.toString();
        if (json.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("The event has half a character (RFC 8785 §3.2.2.2).");
        }
        try {
            return new JsonCanonicalizer(json).getEncodedUTF8();
        } catch (IOException e) {
            throw new IllegalArgumentException("The event has no canonical form (RFC 8785).", e);
        }
    }

    private static byte[] opening(String base64) {
        byte[] opening = decoded("opening", base64);
        if (opening.length != OPENING_BYTES) {
            throw new IllegalArgumentException("The opening has " + opening.length + " bytes instead of 32.");
        }
        return opening;
    }

    private static Hash leafHash(String base64) {
        byte[] hash = decoded("leaf_hash", base64);
        if (hash.length != Hash.BYTES) {
            throw new IllegalArgumentException("The leaf_hash has " + hash.length + " bytes instead of 32.");
        }
        return Hash.of(hash);
    }

    private static byte[] decoded(String member, String base64) {
        try {
            return CanonicalBase64.decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The member " + member + " is no base64 in its canonical form.", e);
        }
    }

    private static String text(JsonNode json, String member) {
        return optional(json, member)
                .orElseThrow(() -> new IllegalArgumentException("The member " + member + " is missing, or no text."));
    }

    private static Optional<String> optional(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw new IllegalArgumentException("The member " + member + " is no text.");
        }
        return Optional.ofNullable(value.textValue());
    }

    @Override
    public String toString() {
        return "Receipt[" + leafHash + ", redacted]";
    }
}

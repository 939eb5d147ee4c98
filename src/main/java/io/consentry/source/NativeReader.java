package io.consentry.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Reads what sources send: strictly, within limits, and without repeating any of it in an error. */
final class NativeReader {

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Half a character; {@link Texts} takes none. */
    private static final String BROKEN = "\uD800";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private NativeReader() {}

    /** One JSON object of at most {@code limit} bytes; closes the stream. */
    static ObjectNode read(InputStream body, int limit) throws IOException {
        byte[] bytes;
        try (body) {
            bytes = body.readNBytes(limit + 1);
        }
        if (bytes.length > limit) {
            throw SourceFailure.of(SourceFailure.Kind.OVERSIZED);
        }
        try {
            if (STRICT.readTree(decoded(bytes)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Falls through: the parser's message quotes personal values.
        }
        throw SourceFailure.malformed();
    }

    /**
     * The bytes as UTF-8 (RFC 8259 §8.1). Bytes that are none become half a character, so that they cost the value they
     * stand in and no other; Jackson's own decoder refuses the whole for some of them, and takes others for characters.
     * A byte order mark is passed over, as RFC 8259 permits.
     */
    private static String decoded(byte[] bytes) throws CharacterCodingException {
        String text = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(BROKEN)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}

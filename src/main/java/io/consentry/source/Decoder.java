package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Turns one member in a source's own form into the part of Myinfo's shape below the envelope. Pure and strict: what is
 * not exactly in the agreed form is {@link MalformedValue}, never bent into shape.
 */
@FunctionalInterface
interface Decoder {

    JsonNode decode(JsonNode told);
}

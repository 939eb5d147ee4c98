package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;

/** Turns one member in a source's own form into the part of Myinfo's shape below the envelope. Pure and strict. */
@FunctionalInterface
interface Decoder {

    /**
     * The decoded node; throws {@link SourceFailure} of kind {@code MALFORMED} when the form is not exactly the
     * expected one.
     */
    JsonNode decode(JsonNode told);
}

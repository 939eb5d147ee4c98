package io.consentry.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Catalogue;
import jakarta.inject.Singleton;

/**
 * Codes and what they mean. A code that its table does not know is a malformed answer: we release no word we cannot
 * vouch for.
 */
@Singleton
final class Codes {

    private final Catalogue catalogue;

    Codes(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A member that is a code of this table, or an empty text when the source knows there is none. */
    Decoder of(String table) {
        return told -> node(table, Decoders.textOf(told));
    }

    ObjectNode node(String table, String code) {
        String meaning = code.isEmpty() ? "" : catalogue.describe(table, code).orElseThrow(SourceFailure::malformed);
        return JsonNodeFactory.instance.objectNode().put("code", code).put("desc", meaning);
    }
}

package io.consentry.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Catalogue;
import jakarta.inject.Singleton;

/**
 * Codes and what they mean. A code that its table does not know is malformed: we release no word we cannot vouch for.
 */
@Singleton
final class CodeTables {

    private final Catalogue catalogue;

    CodeTables(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A code of this table, or an empty text when the source knows there is none. */
    Decoder of(String table) {
        return told -> node(table, Texts.read(told));
    }

    /** A code of this table. */
    Decoder given(String table) {
        Decoder any = of(table);
        return told -> any.decode(Texts.filled().decode(told).path("value"));
    }

    ObjectNode node(String table, String code) {
        String meaning = code.isEmpty() ? "" : catalogue.describe(table, code).orElseThrow(MalformedValue::new);
        return JsonNodeFactory.instance.objectNode().put("code", code).put("desc", meaning);
    }
}

package io.consentry.source;

import static io.consentry.source.Composites.part;
import static io.consentry.source.Composites.parts;
import static io.consentry.source.Texts.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;

/** Myinfo's two forms of an address. */
@Singleton
final class Addresses {

    private static final Decoder LOCAL = parts(
            part("block", "block", text()),
            part("building", "building", text()),
            part("floor", "floor", text()),
            part("unit", "unit", text()),
            part("street", "street", text()),
            part("postal", "postal", text()));
    private static final Decoder LINES = parts(part("line1", "line1", text()), part("line2", "line2", text()));

    private final CodeTables tables;

    Addresses(CodeTables tables) {
        this.tables = tables;
    }

    /** An address in Singapore, by its parts; an empty text where there is none. */
    Decoder local() {
        return told -> {
            ObjectNode node = typed("SG", (ObjectNode) LOCAL.decode(told));
            node.set("country", tables.node("CountryPlace", "SG"));
            return node;
        };
    }

    /** An address that is known by its lines only; sandbox data and forms write the type so. */
    Decoder unformatted() {
        return told -> typed("Unformatted", (ObjectNode) LINES.decode(told));
    }

    private static ObjectNode typed(String type, ObjectNode parts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", type);
        node.setAll(parts);
        return node;
    }
}

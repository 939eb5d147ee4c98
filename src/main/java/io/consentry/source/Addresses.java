package io.consentry.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;

/** Myinfo's two forms of an address. */
@Singleton
final class Addresses {

    private final Codes codes;

    Addresses(Codes codes) {
        this.codes = codes;
    }

    /** An address in Singapore. */
    ObjectNode local(Local address) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "SG");
        node.set("block", Decoders.value(address.block()));
        node.set("building", Decoders.value(address.building()));
        node.set("floor", Decoders.value(address.floor()));
        node.set("unit", Decoders.value(address.unit()));
        node.set("street", Decoders.value(address.street()));
        node.set("postal", Decoders.value(address.postal()));
        node.set("country", codes.node("CountryPlace", "SG"));
        return node;
    }

    /** An address that is known by its lines only; sandbox data and forms write the type so. */
    ObjectNode unformatted(String line1, String line2) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "Unformatted");
        node.set("line1", Decoders.value(line1));
        node.set("line2", Decoders.value(line2));
        return node;
    }

    /** The parts of an address in Singapore; an empty text where there is none. */
    record Local(String block, String street, String building, String floor, String unit, String postal) {

        @Override
        public String toString() {
            return "Local[redacted]";
        }
    }
}

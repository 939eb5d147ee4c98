package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A ready-made client as {@code sandbox/clients.json} describes it.
 *
 * @param keys which keys to make for it
 * @param metadata what it registers, in RFC 7591 member names, all but its keys; {@code {loopback}} stands for the
 *     service's own address on the loopback interface
 */
record ReadyClientDefinition(
        @JsonProperty(required = true) Keys keys,
        @JsonProperty(required = true) ObjectNode metadata) {

    /**
     * The keys of a client.
     *
     * @param signing the algorithm of its assertions, {@code ES256} or {@code PS256}
     * @param encryption whether it also has a key to be encrypted to
     */
    record Keys(
            @JsonProperty(required = true) String signing,
            @JsonProperty(required = true) boolean encryption) {}

    String clientId() {
        return metadata.path("client_id").asText();
    }
}

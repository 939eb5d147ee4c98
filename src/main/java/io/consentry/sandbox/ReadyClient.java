package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ready-made client as {@code GET /sandbox/clients} tells it.
 *
 * @param scope everything it may ask for, protocol scopes first, separated by spaces
 * @param optionalScope what of it a person may decline, separated by spaces; empty when nothing
 * @param jwks its private keys as a JWK set
 */
record ReadyClient(
        @JsonProperty("client_id") String clientId,
        @JsonProperty("client_name") String clientName,
        @JsonProperty("redirect_uris") List<URI> redirectUris,
        @JsonProperty("scope") String scope,
        @JsonProperty("optional_scope") String optionalScope,
        @JsonProperty("purpose") String purpose,
        @JsonProperty("jwks") Map<String, Object> jwks) {

    static ReadyClient of(RegisteredClient client, JWKSet privateKeys) {
        Stream<String> scope = Stream.concat(
                client.protocolScopes().stream().sorted(),
                client.scope().stream().map(AttributeName::value));
        return new ReadyClient(
                client.id().value(),
                client.name(),
                client.redirectUris(),
                scope.collect(Collectors.joining(" ")),
                words(client.optionalScope()),
                client.purpose(),
                privateKeys.toJSONObject(false));
    }

    private static String words(Set<AttributeName> names) {
        return names.stream().map(AttributeName::value).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "ReadyClient[" + clientId + ", keys redacted]";
    }
}

package io.consentry.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Metadata of a client that is registered without complaint; a test says only what differs. */
final class ExampleClient {

    private static final JsonMapper JSON = new JsonMapper();
    static final JWK SIGNING = key("sig-1", KeyUse.SIGNATURE);
    static final JWK ENCRYPTION = key("enc-1", KeyUse.ENCRYPTION);

    private final ObjectNode metadata;

    private ExampleClient(ObjectNode metadata) {
        this.metadata = metadata;
    }

    static ExampleClient named(String id) {
        ObjectNode json = JSON.createObjectNode()
                .put("client_id", id)
                .put("client_name", "Example Bank")
                .put("scope", "openid uinfin name email cpfbalances")
                .put("optional_scope", "email")
                .put("purpose", "account_opening")
                .put("userinfo_signed_response_alg", "ES256")
                .put("userinfo_encrypted_response_alg", "ECDH-ES+A256KW")
                .put("userinfo_encrypted_response_enc", "A256GCM");
        json.putArray("redirect_uris").add("https://bank.example/callback");
        json.set("jwks", publicSet(SIGNING, ENCRYPTION));
        return new ExampleClient(json);
    }

    ExampleClient with(String member, String value) {
        metadata.put(member, value);
        return this;
    }

    ExampleClient with(String member, JsonNode value) {
        metadata.set(member, value);
        return this;
    }

    ExampleClient without(String member) {
        metadata.remove(member);
        return this;
    }

    ExampleClient redirectingTo(String uri) {
        metadata.putArray("redirect_uris").add(uri);
        return this;
    }

    ObjectNode json() {
        return metadata;
    }

    static JsonNode publicSet(JWK... keys) {
        return tree(new JWKSet(List.of(keys)).toString(true));
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JWK key(String kid, KeyUse use) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).keyUse(use).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

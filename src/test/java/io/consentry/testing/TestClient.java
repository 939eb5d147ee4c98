package io.consentry.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.consentry.client.Clients;
import io.consentry.client.RegistrationResult;
import java.text.ParseException;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A registered client with its private keys. {@link #flow} begins a flow in which everything is as FAPI 2.0 wants it, so
 * that a test says only what differs.
 */
public record TestClient(String id, String redirectUri, String scope, JWKSet keys) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One of the sandbox's ready-made clients, as {@code GET /sandbox/clients} tells it. */
    public static TestClient ready(String id) {
        for (JsonNode client : Call.to("GET", "/sandbox/clients").send().json()) {
            if (client.path("client_id").asText().equals(id)) {
                return new TestClient(
                        id,
                        client.path("redirect_uris").path(0).asText(),
                        client.path("scope").asText(),
                        keys(client.path("jwks").toString()));
            }
        }
        throw new AssertionError("no ready-made client " + id);
    }

    /** A new client with keys of its own and a name that no other test uses; asks for the person's name and number. */
    public static TestClient registered(Clients clients, Consumer<ObjectNode> changes) {
        return registered(clients, ecKey(KeyUse.SIGNATURE), changes);
    }

    /** The same with a key of the test's choice. */
    public static TestClient registered(Clients clients, JWK key, Consumer<ObjectNode> changes) {
        String id = "test-" + UUID.randomUUID();
        ObjectNode metadata = JSON.createObjectNode()
                .put("client_id", id)
                .put("client_name", "Test Bank")
                .put("scope", "openid uinfin name email")
                .put("optional_scope", "email")
                .put("purpose", "account_opening");
        metadata.putArray("redirect_uris").add("https://bank.example/callback");
        metadata.set("jwks", tree(new JWKSet(key).toString(true)));
        changes.accept(metadata);
        return switch (clients.register(metadata)) {
            case RegistrationResult.Registered registered ->
                new TestClient(
                        id,
                        metadata.path("redirect_uris").path(0).asText(),
                        metadata.path("scope").asText(),
                        new JWKSet(key));
            case RegistrationResult.Refused refused -> throw new AssertionError(refused);
        };
    }

    /** The flow of one customer, with a DPoP key of its own. */
    public ClientFlow flow() {
        return new ClientFlow(this, ecKey(KeyUse.SIGNATURE));
    }

    /** The same with a DPoP key of the test's choice. */
    public ClientFlow flow(JWK dpopKey) {
        return new ClientFlow(this, dpopKey);
    }

    /** A client assertion (RFC 7523 §3) as the certification suite's client sends it. */
    public Jwt assertion() {
        long now = TestClock.now().getEpochSecond();
        return new Jwt(signingKey(), algorithm())
                .header("kid", signingKey().getKeyID())
                .claim("iss", id)
                .claim("sub", id)
                .claim("aud", Service.issuer())
                .claim("jti", UUID.randomUUID().toString())
                .claim("nbf", now)
                .claim("iat", now)
                .claim("exp", now + 60);
    }

    /** The key it signs assertions with. */
    public JWK signingKey() {
        return keys.getKeys().stream()
                .filter(key -> KeyUse.SIGNATURE.equals(key.getKeyUse()))
                .findFirst()
                .orElseThrow();
    }

    JWSAlgorithm algorithm() {
        return signingKey().getKeyType().equals(KeyType.RSA) ? JWSAlgorithm.PS256 : JWSAlgorithm.ES256;
    }

    /** A fresh key on P-256. */
    public static JWK ecKey(KeyUse use) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(use)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fresh RSA key. */
    public static JWK rsaKey(int bits) {
        try {
            return new RSAKeyGenerator(bits, true)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWKSet keys(String json) {
        try {
            return JWKSet.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "TestClient[" + id + "]";
    }
}

package io.consentry.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.text.ParseException;
import java.util.TreeMap;
import java.util.TreeSet;

/** A record as the client has it after opening what was sealed: decrypted, and its signature verified by our JWKS. */
public record ReceivedRecord(JsonNode claims, Form form) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How it was sealed. */
    public enum Form {
        SIGNED_AND_ENCRYPTED,
        SIGNED,
        PLAIN
    }

    static ReceivedRecord open(Answer answer, TestClient client) {
        try {
            String type = answer.header("Content-Type").orElseThrow();
            if (type.startsWith("application/json")) {
                return new ReceivedRecord(answer.json(), Form.PLAIN);
            }
            String jwt = answer.body();
            boolean encrypted = jwt.chars().filter(c -> c == '.').count() == 4;
            return new ReceivedRecord(
                    verified(encrypted ? decrypted(jwt, client) : jwt),
                    encrypted ? Form.SIGNED_AND_ENCRYPTED : Form.SIGNED);
        } catch (ParseException | JOSEException | BadJOSEException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The claims of a JWT of ours, sealed for a client or not. */
    public static JsonNode claimsOf(String jwt, TestClient client) {
        try {
            boolean encrypted = jwt.chars().filter(c -> c == '.').count() == 4;
            return verified(encrypted ? decrypted(jwt, client) : jwt);
        } catch (ParseException | JOSEException | BadJOSEException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String decrypted(String jwe, TestClient client) throws ParseException, JOSEException {
        JWEObject object = JWEObject.parse(jwe);
        var key = client.keys().getKeyByKeyId(object.getHeader().getKeyID());
        object.decrypt(new ECDHDecrypter(key.toECKey()));
        return object.getPayload().toString();
    }

    private static JsonNode verified(String jws) throws ParseException, JOSEException, BadJOSEException, IOException {
        var published = JWKSet.parse(Call.to("GET", "/.well-known/keys").send().body());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(published)));
        return JSON.readTree(processor.process(jws, null).toString());
    }

    public String sub() {
        return claims.path("sub").asText();
    }

    public String grantId() {
        return claims.path("consent").path("grant_id").asText();
    }

    public JsonNode personInfo() {
        return claims.path("person_info");
    }

    /** By attribute, what became of it. */
    public TreeMap<String, String> outcomes() {
        var outcomes = new TreeMap<String, String>();
        claims.path("consent")
                .path("outcomes")
                .properties()
                .forEach(one -> outcomes.put(one.getKey(), one.getValue().asText()));
        return outcomes;
    }

    /** The attributes that came with this outcome. */
    public TreeSet<String> with(String outcome) {
        var names = new TreeSet<String>();
        outcomes().forEach((name, found) -> {
            if (found.equals(outcome)) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public String toString() {
        return "ReceivedRecord[" + outcomes().size() + " outcomes, redacted]";
    }
}

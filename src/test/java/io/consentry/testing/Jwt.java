package io.consentry.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JWT under construction, of which a test may spoil any part: no library would sign half of what an attacker sends, so
 * header and claims are put together as text and only the signature is made by one.
 */
public final class Jwt {

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private JWSAlgorithm algorithm;
    private JWK key;
    private boolean signed = true;
    private boolean forged;
    private UnaryOperator<String> headerText = UnaryOperator.identity();
    private UnaryOperator<String> claimsText = UnaryOperator.identity();

    Jwt(JWK key, JWSAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
        header.put("alg", algorithm.getName());
    }

    /** Sets a header parameter; null takes it out. */
    public Jwt header(String name, @Nullable Object value) {
        return put(header, name, value);
    }

    /** Sets a claim; null takes it out. */
    public Jwt claim(String name, @Nullable Object value) {
        return put(claims, name, value);
    }

    /** Changes a claim of text that is there. */
    public Jwt text(String claim, UnaryOperator<String> change) {
        return claim(claim, change.apply((String) claims.get(claim)));
    }

    /** Shifts a time claim that is there. */
    public Jwt shift(String claim, long seconds) {
        return claim(claim, ((Number) claims.get(claim)).longValue() + seconds);
    }

    /** Signs with another key; what the header says of the key stays. */
    public Jwt signedWith(JWK other) {
        this.key = other;
        return this;
    }

    /** Signs, and says so, with another algorithm of the same kind of key. */
    public Jwt algorithm(JWSAlgorithm other) {
        this.algorithm = other;
        return header("alg", other.getName());
    }

    /** {@code alg: none} and no signature. */
    public Jwt unsigned() {
        this.signed = false;
        return header("alg", "none");
    }

    /** Changes one bit of the signature. */
    public Jwt forged() {
        this.forged = true;
        return this;
    }

    /** Spoils the JSON text of the header before it is signed. */
    public Jwt headerText(UnaryOperator<String> change) {
        this.headerText = change;
        return this;
    }

    /** Spoils the JSON text of the claims before it is signed. */
    public Jwt claimsText(UnaryOperator<String> change) {
        this.claimsText = change;
        return this;
    }

    /** The claims as they are now. */
    public Map<String, Object> claims() {
        return Map.copyOf(claims);
    }

    /** The compact form. */
    public String build() {
        String input = encode(header, headerText) + "." + encode(claims, claimsText);
        return input + "." + (signed ? signature(input) : "");
    }

    private Base64URL signature(String input) {
        try {
            JWSSigner signer = key instanceof RSAKey weak && weak.size() < 2048
                    ? new RSASSASigner(weak.toPrivateKey(), true)
                    : new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
            Base64URL signature = signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII));
            if (!forged) {
                return signature;
            }
            byte[] bytes = signature.decode();
            bytes[bytes.length / 2] ^= 1;
            return Base64URL.encode(bytes);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Base64URL encode(Map<String, Object> members, UnaryOperator<String> change) {
        return Base64URL.encode(change.apply(JSONObjectUtils.toJSONString(members)));
    }

    private Jwt put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
        return this;
    }
}

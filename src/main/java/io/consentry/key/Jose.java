package io.consentry.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.smallrye.jwt.algorithm.ContentEncryptionAlgorithm;
import io.smallrye.jwt.algorithm.KeyEncryptionAlgorithm;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtEncryptionBuilder;
import io.smallrye.jwt.build.JwtSignatureBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs, and signs and encrypts, what Consentry issues: ID tokens and records. Adds no claim of its own. */
@ApplicationScoped
public class Jose {

    private final SigningKeys keys;

    Jose(SigningKeys keys) {
        this.keys = keys;
    }

    /** A JWS in compact form, ES256, with the {@code kid} of a key in the JWKS. */
    public String sign(Map<String, Object> claims) {
        SigningKeys.SigningKey key = keys.current();
        return unsigned(claims, key).sign(key.key());
    }

    /** The same with a {@code typ} of its own (RFC 8725 §3.11), so that it cannot pass for another kind of JWT. */
    public String sign(Map<String, Object> claims, String type) {
        SigningKeys.SigningKey key = keys.current();
        return unsigned(claims, key).type(type).sign(key.key());
    }

    /** A JWS inside a JWE, {@code cty: JWT} (RFC 7519 §5.2). */
    public String signAndEncrypt(Map<String, Object> claims, Recipient recipient) {
        SigningKeys.SigningKey key = keys.current();
        JwtEncryptionBuilder signed = unsigned(claims, key)
                .innerSign(key.key())
                .header("cty", "JWT")
                .keyAlgorithm(recipient.alg())
                .contentAlgorithm(recipient.enc());
        return recipient.kid().map(signed::keyId).orElse(signed).encrypt(recipient.key());
    }

    /** The header names the key by its {@code kid} and points to none elsewhere, by {@code jku} or {@code x5u} (FAPI 2.0 §5.4.2-2). */
    private static JwtSignatureBuilder unsigned(Map<String, Object> claims, SigningKeys.SigningKey key) {
        return Jwt.claims(claims).jws().algorithm(SignatureAlgorithm.ES256).keyId(key.kid());
    }

    /** To whom an answer is encrypted, and how; the header names the key by its {@code kid} if it has one. */
    public record Recipient(
            Optional<String> kid, PublicKey key, KeyEncryptionAlgorithm alg, ContentEncryptionAlgorithm enc) {}

    /**
     * The key to encrypt to: one that names its algorithm before one that does not, and of those the one on the strongest
     * curve.
     *
     * @param keys those of the client's public keys that are for encryption by this algorithm
     * @param alg the registered key management algorithm, for example {@code ECDH-ES+A256KW}
     * @param enc the registered content encryption, for example {@code A256GCM}
     * @return empty when the client has no such key or an algorithm is not known
     */
    public static Optional<Recipient> recipient(List<JWK> keys, String alg, String enc) {
        try {
            return keys.stream()
                    .filter(ECKey.class::isInstance)
                    .map(ECKey.class::cast)
                    .max(Comparator.<ECKey, Boolean>comparing(key -> key.getAlgorithm() != null)
                            .thenComparing(key -> STRONGER.indexOf(key.getCurve())))
                    .map(key -> to(key, alg, enc));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static final List<Curve> STRONGER = List.of(Curve.P_256, Curve.P_384, Curve.P_521);

    private static Recipient to(ECKey key, String alg, String enc) {
        try {
            return new Recipient(
                    Optional.ofNullable(key.getKeyID()),
                    key.toECPublicKey(),
                    KeyEncryptionAlgorithm.fromAlgorithm(alg),
                    ContentEncryptionAlgorithm.fromAlgorithm(enc));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the client's encryption key cannot be read", e);
        }
    }
}

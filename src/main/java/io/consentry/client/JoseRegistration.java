package io.consentry.client;

import java.util.List;
import java.util.Optional;

/**
 * How an answer to this client is signed and encrypted (OpenID Connect Registration §2). Encrypted means a JWS inside a
 * JWE, never bare content.
 *
 * @param signedAlg the JWS algorithm, or empty for a plain answer
 * @param encryptedAlg the JWE key management algorithm, or empty for none
 * @param encryptedEnc the JWE content encryption; there exactly when {@code encryptedAlg} is
 */
public record JoseRegistration(
        Optional<String> signedAlg, Optional<String> encryptedAlg, Optional<String> encryptedEnc) {

    /** What we sign with: RFC 7518's ECDSA on P-256 only, one of the two algorithms FAPI 2.0 §5.4 names. */
    public static final List<String> SIGNING = List.of("ES256");

    /** Every key management algorithm that may be registered, the strongest first. */
    public static final List<String> KEY_MANAGEMENT = List.of("ECDH-ES+A256KW", "ECDH-ES+A192KW", "ECDH-ES+A128KW");

    /** Every content encryption that may be registered, the strongest first. */
    public static final List<String> CONTENT = List.of("A256GCM", "A256CBC-HS512", "A128GCM", "A128CBC-HS256");

    /** What is used where a client names an {@code …_encrypted_response_alg} alone (OpenID Connect Registration §2). */
    public static final String CONTENT_DEFAULT = "A128CBC-HS256";

    public JoseRegistration {
        if (encryptedAlg.isPresent() != encryptedEnc.isPresent()) {
            throw new IllegalArgumentException("alg and enc go together");
        }
        if (encryptedAlg.isPresent() && signedAlg.isEmpty()) {
            throw new IllegalArgumentException("what is encrypted is signed first");
        }
    }

    /** Neither signed nor encrypted. */
    public static JoseRegistration none() {
        return new JoseRegistration(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public boolean isSigned() {
        return signedAlg.isPresent();
    }

    public boolean isEncrypted() {
        return encryptedAlg.isPresent();
    }
}

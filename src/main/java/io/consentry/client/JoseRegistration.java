package io.consentry.client;

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

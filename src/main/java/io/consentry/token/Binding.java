package io.consentry.token;

/**
 * What the sender of an access token must prove to hold (FAPI 2.0 §5.3.2.1-4, RFC 9700 §2.2.1): a token is bound in exactly
 * one way, by the registration of its client, for as long as it lives. FAPI 2.0 §5.3.2.1-5 knows these two ways.
 */
public sealed interface Binding {

    /** The key of DPoP proofs, by its thumbprint (RFC 9449 §6). */
    record Dpop(String jkt) implements Binding {}

    /** The certificate of the TLS connection, by its {@code x5t#S256} (RFC 8705 §3.1). */
    record Certificate(String thumbprint) implements Binding {}

    /** The {@code token_type} (RFC 6749 §7.1) of tokens of this binding. */
    default String tokenType() {
        return AccessTokenScheme.of(this).wire();
    }
}

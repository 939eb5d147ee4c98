package io.consentry.client;

import java.util.Optional;

/**
 * How a client proves who it is, one way each (OpenID Connect Core §9, RFC 8705 §2). There is no public client
 * (FAPI 2.0 §5.3.2.1-3) and no shared secret (FAPI 2.0 §5.3.2.1-6, RFC 9700 §2.5).
 */
public sealed interface TokenEndpointAuth {

    /** By a JWT that it signs. */
    record PrivateKeyJwt() implements TokenEndpointAuth {}

    /** By a certificate with a name of its own, for which an authority vouches (RFC 8705 §2.1). */
    record TlsClientAuth(CertificateSubject subject) implements TokenEndpointAuth {}

    /** By a certificate that is registered itself, in its key set (RFC 8705 §2.2). */
    record SelfSignedTls() implements TokenEndpointAuth {}

    /** The registered value of {@code token_endpoint_auth_method}. */
    default String wire() {
        return switch (this) {
            case PrivateKeyJwt() -> "private_key_jwt";
            case TlsClientAuth named -> "tls_client_auth";
            case SelfSignedTls() -> "self_signed_tls_client_auth";
        };
    }

    /** Whether it is a way over TLS, at the listener that asks for certificates. */
    default boolean isByCertificate() {
        return !(this instanceof PrivateKeyJwt);
    }

    /** The method of a registered value; the subject goes with {@code tls_client_auth} and with nothing else. */
    static Optional<TokenEndpointAuth> of(String wire, Optional<CertificateSubject> subject) {
        return switch (wire) {
            case "private_key_jwt" ->
                Optional.<TokenEndpointAuth>of(new PrivateKeyJwt()).filter(method -> subject.isEmpty());
            case "tls_client_auth" -> subject.map(TlsClientAuth::new);
            case "self_signed_tls_client_auth" ->
                Optional.<TokenEndpointAuth>of(new SelfSignedTls()).filter(method -> subject.isEmpty());
            default -> Optional.empty();
        };
    }
}

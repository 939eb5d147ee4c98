package io.consentry.token;

/** The ways to send an access token: RFC 9449 §7.1, and RFC 6750 §2.1 for those bound to a certificate. */
enum AccessTokenScheme {
    DPOP("DPoP"),
    BEARER("Bearer");

    private final String wire;

    AccessTokenScheme(String wire) {
        this.wire = wire;
    }

    /** How a token of this binding is sent; for a certificate it is {@code Bearer}, which is not what the token then is. */
    static AccessTokenScheme of(Binding binding) {
        return switch (binding) {
            case Binding.Dpop key -> DPOP;
            case Binding.Certificate certificate -> BEARER;
        };
    }

    /** The {@code token_type}, and the name in the {@code Authorization} header. */
    String wire() {
        return wire;
    }
}

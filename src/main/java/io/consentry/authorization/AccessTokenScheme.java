package io.consentry.authorization;

/** The ways to send an access token: RFC 9449 §7.1, and RFC 6750 §2.1 for those bound to a certificate. */
enum AccessTokenScheme {
    DPOP("DPoP"),
    BEARER("Bearer");

    private final String wire;

    AccessTokenScheme(String wire) {
        this.wire = wire;
    }

    /** The {@code token_type}, and the name in the {@code Authorization} header. */
    String wire() {
        return wire;
    }
}

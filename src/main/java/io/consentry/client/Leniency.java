package io.consentry.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that FAPI 2.0 forbids and clients in the field do, allowed to a client that is registered for it by name
 * ({@code leniencies}) while it moves off it. Each is explained under {@code /docs/leniencies}, and its use is logged.
 */
public enum Leniency {
    /** An assertion's {@code aud} may be an endpoint's address, or an array; FAPI 2.0 §5.3.2.1-8 wants the issuer as a string. */
    ASSERTION_AUDIENCE_ENDPOINT,

    /** Assertions may be signed with ES384 or ES512; FAPI 2.0 §5.4.1-1 names ES256, PS256 and EdDSA. */
    ASSERTION_ALG_ES384_ES512,

    /** DPoP proofs may be signed with ES384 or ES512; the same clause. */
    PROOF_ALG_ES384_ES512;

    /** Its name in a registration and on the page that explains it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Leniency> of(String wire) {
        return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
    }
}

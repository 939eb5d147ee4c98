package io.consentry.client;

import java.util.Arrays;
import java.util.Optional;

/** How a client proves who it is (OpenID Connect Core §9). FAPI 2.0 leaves no weaker way. */
public enum TokenEndpointAuth {
    PRIVATE_KEY_JWT("private_key_jwt");

    private final String wire;

    TokenEndpointAuth(String wire) {
        this.wire = wire;
    }

    /** The registered value of {@code token_endpoint_auth_method}. */
    public String wire() {
        return wire;
    }

    static Optional<TokenEndpointAuth> of(String wire) {
        return Arrays.stream(values()).filter(each -> each.wire.equals(wire)).findFirst();
    }
}

package io.consentry.client;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ways to a token that a client can be registered for ({@code grant_types}, RFC 7591 §2). A password is none
 * (RFC 9700 §2.4).
 */
public enum GrantType {
    /** For what a person approves; every client has it. */
    AUTHORIZATION_CODE,
    /** For periodic access, where the purpose has it. */
    REFRESH_TOKEN,
    /** For the client itself: its grants, its events, its duties. Never for anybody's data. */
    CLIENT_CREDENTIALS;

    /** As it stands on the wire, for example {@code refresh_token}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<GrantType> of(String wire) {
        return Stream.of(values()).filter(each -> each.wire().equals(wire)).findFirst();
    }
}

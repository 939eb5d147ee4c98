package io.consentry.client;

/** What came of a registration. */
public sealed interface RegistrationResult {

    /** The client is registered, as it now stands. */
    record Registered(RegisteredClient client) implements RegistrationResult {}

    /**
     * Nothing was stored.
     *
     * @param member the RFC 7591 member at fault, for example {@code redirect_uris}
     * @param reason a sentence that says what was expected; quotes what the client sent, so it is not for a page unescaped
     */
    record Refused(String member, String reason) implements RegistrationResult {}
}

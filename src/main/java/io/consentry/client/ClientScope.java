package io.consentry.client;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client may do in its own name, without a person: a client registered for {@code client_credentials} may ask for any
 * of these, since none reaches beyond what is its own.
 */
public enum ClientScope {
    /** Ask how its grants stand (Grant Management for OAuth 2.0). */
    GRANT_MANAGEMENT_QUERY,
    /** Give its grants back. */
    GRANT_MANAGEMENT_REVOKE,
    /** Fetch the events of its grants. */
    EVENTS,
    /** Attest that it has deleted what it fetched under an ended grant. */
    DELETION_ATTEST;

    /** As it stands on the wire, for example {@code grant_management_query}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ClientScope> of(String wire) {
        return Stream.of(values()).filter(each -> each.wire().equals(wire)).findFirst();
    }
}

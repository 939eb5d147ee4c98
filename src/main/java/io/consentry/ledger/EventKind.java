package io.consentry.ledger;

import java.util.Locale;

/** What can happen to a grant: each edge of its life, and each attempt to use it. */
public enum EventKind {
    REQUESTED,
    PRESENTED,
    GRANTED,
    REFUSED,
    LAPSED,
    WITHDRAWN,
    EXPIRED,
    RELEASED,
    RELEASE_REFUSED,
    RELEASE_ABORTED;

    /** As it stands in an event and on the wire, for example {@code release_refused}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EventKind ofWire(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}

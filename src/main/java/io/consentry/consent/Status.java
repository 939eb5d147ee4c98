package io.consentry.consent;

import java.util.Locale;
import java.util.stream.Stream;

/** How a consent stands, in a word; what that means and what can follow is said by its state, a {@link Consent}. */
public enum Status {
    REQUESTED,
    PRESENTED,
    ACTIVE,
    PAUSED,
    REFUSED,
    LAPSED,
    WITHDRAWN,
    REVOKED,
    RELINQUISHED,
    INVALIDATED,
    EXPIRED,
    EXHAUSTED,
    DAMAGED;

    /** As it stands in tables and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status by its name in tables; a row with another one is none of ours. */
    static Status ofWire(String text) {
        return Stream.of(values())
                .filter(each -> each.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such state"));
    }

    /** Whether it waits for an answer. */
    public boolean isOpen() {
        return this == REQUESTED || this == PRESENTED;
    }

    /** Whether it was given and has not ended; a pause does not end it. */
    public boolean isInForce() {
        return this == ACTIVE || this == PAUSED;
    }
}

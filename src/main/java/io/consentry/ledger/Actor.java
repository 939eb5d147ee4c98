package io.consentry.ledger;

import java.util.Locale;

/** Who did it. */
public enum Actor {
    PERSON,
    CLIENT,
    SERVICE,
    OPERATOR,
    AUTHORITY;

    /** As it stands in an event and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.consentry.ledger;

import java.util.Locale;

/** Who did it. */
public enum Actor {
    PERSON,
    CLIENT,
    SERVICE,
    OPERATOR,
    AUTHORITY;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

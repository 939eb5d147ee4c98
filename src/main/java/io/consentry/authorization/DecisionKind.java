package io.consentry.authorization;

import java.util.Locale;

/** What a person decided on a request. */
enum DecisionKind {
    APPROVED,
    REFUSED;

    /** As it stands in the table. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}

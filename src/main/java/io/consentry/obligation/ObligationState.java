package io.consentry.obligation;

import java.util.Locale;
import java.util.stream.Stream;

/** How an obligation stands, in a word; what can follow is said by its state, an {@link Obligation}. */
public enum ObligationState {
    OPEN,
    OVERDUE,
    MET;

    /** As it stands in tables and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state by its name in tables; a row with another one is none of ours. */
    static ObligationState ofWire(String text) {
        return Stream.of(values())
                .filter(each -> each.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such state"));
    }
}

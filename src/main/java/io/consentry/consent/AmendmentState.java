package io.consentry.consent;

import java.util.Locale;
import java.util.stream.Stream;

/** How an amendment stands, in a word; what can follow is said by its state, an {@link Amendment}. */
enum AmendmentState {
    REQUESTED,
    PRESENTED,
    APPROVED,
    REFUSED,
    LAPSED,
    OVERTAKEN;

    /** As it stands in tables. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state by its name in tables; a row with another one is none of ours. */
    static AmendmentState ofWire(String text) {
        return Stream.of(values())
                .filter(each -> each.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such state"));
    }

    static AmendmentState of(Amendment amendment) {
        return switch (amendment) {
            case Amendment.Requested requested -> REQUESTED;
            case Amendment.Presented presented -> PRESENTED;
            case Amendment.Approved approved -> APPROVED;
            case Amendment.Refused refused -> REFUSED;
            case Amendment.Lapsed lapsed -> LAPSED;
            case Amendment.Overtaken overtaken -> OVERTAKEN;
        };
    }
}

package io.consentry.notice;

import java.util.Locale;
import java.util.stream.Stream;

/** What a receiver says is wrong with an event: the registered codes of RFC 8935 §2.4, and whatever else it wrote. */
enum ReceiverError {
    INVALID_REQUEST,
    INVALID_ISSUER,
    INVALID_AUDIENCE,
    OTHER,
    // About us and not about the event: it may well take the same one later.
    INVALID_KEY,
    AUTHENTICATION_FAILED,
    ACCESS_DENIED;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its text is not kept: receivers write what they like. */
    static ReceiverError ofWire(String text) {
        return Stream.of(values())
                .filter(each -> each.wire().equals(text))
                .findFirst()
                .orElse(OTHER);
    }

    /** Whether pushing the same event again can change its mind. */
    boolean mayPass() {
        return compareTo(INVALID_KEY) >= 0;
    }
}

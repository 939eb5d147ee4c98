package io.consentry.consent;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a consent that was given came to its end: by whom, or by what. */
public enum Ending {
    /** By the person. */
    WITHDRAWN,
    /** By the operator of this service. */
    REVOKED,
    /** Given back by the client. */
    RELINQUISHED,
    /** By an authority, for example a court. */
    INVALIDATED,
    /** Its time was up. */
    EXPIRED,
    /** Its last permitted release was made. */
    EXHAUSTED;

    /** As it stands in tables and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Ending> ofWire(String text) {
        return Stream.of(values()).filter(each -> each.wire().equals(text)).findFirst();
    }
}

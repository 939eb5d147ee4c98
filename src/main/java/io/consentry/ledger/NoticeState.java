package io.consentry.ledger;

import java.util.Locale;

/** How far a client has been told of something. */
public enum NoticeState {
    QUEUED,
    SENT,
    ACKNOWLEDGED,
    REFUSED;

    /** As it stands on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

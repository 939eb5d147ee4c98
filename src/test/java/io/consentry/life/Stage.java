package io.consentry.life;

import java.util.Locale;

/** Where a consent can stand, and what is told of one that stands there. */
enum Stage {
    REQUESTED("", ""),
    PRESENTED("", ""),
    ACTIVE("", ""),
    PAUSED("", ""),
    REFUSED("person", "person_refused"),
    LAPSED("service", "not_decided_in_time"),
    WITHDRAWN("person", "person_withdrew"),
    REVOKED("operator", "court_order"),
    RELINQUISHED("client", "client_relinquished"),
    INVALIDATED("authority", "subject_deceased"),
    EXPIRED("service", "access_period_over"),
    EXHAUSTED("service", "last_permitted_release");

    private final String endedBy;
    private final String reason;

    Stage(String endedBy, String reason) {
        this.endedBy = endedBy;
        this.reason = reason;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    String endedBy() {
        return endedBy;
    }

    String reason() {
        return reason;
    }

    /** Nobody has decided. */
    boolean isOpen() {
        return this == REQUESTED || this == PRESENTED;
    }

    /** Given, and not ended. */
    boolean stands() {
        return this == ACTIVE || this == PAUSED;
    }

    boolean isOver() {
        return !isOpen() && !stands();
    }

    boolean wasGiven() {
        return !isOpen() && this != REFUSED && this != LAPSED;
    }
}

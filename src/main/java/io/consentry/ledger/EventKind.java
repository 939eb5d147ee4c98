package io.consentry.ledger;

import java.util.Locale;

/** What can happen to a grant: each edge of its life, each attempt to use it, and what is owed and told because of it. */
public enum EventKind {
    REQUESTED,
    PRESENTED,
    GRANTED,
    REFUSED,
    LAPSED,
    PAUSED,
    RESUMED,
    AMENDMENT_REQUESTED,
    AMENDMENT_PRESENTED,
    AMENDMENT_REFUSED,
    AMENDMENT_LAPSED,
    /** The record in force was succeeded; the entry after it, of the same transaction, is its successor's. */
    SUPERSEDED,
    AMENDED,
    WITHDRAWN,
    REVOKED,
    RELINQUISHED,
    INVALIDATED,
    EXPIRED,
    EXHAUSTED,
    RELEASED,
    RELEASE_REFUSED,
    RELEASE_ABORTED,
    /** The client was told of something that happened to the grant. */
    NOTICE_SENT,
    NOTICE_ACKNOWLEDGED,
    /** The client was told, and says that it can do nothing with it. */
    NOTICE_REFUSED,
    /** The person was reminded that the grant lives. */
    REMINDED,
    DELETION_ATTESTED,
    DELETION_OVERDUE;

    /** As it stands in an event and on the wire, for example {@code release_refused}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a client that registered for it is told: everything that changes what it may do under a grant it has. */
    public boolean isTold() {
        return switch (this) {
            case GRANTED, PAUSED, RESUMED, AMENDED, WITHDRAWN, REVOKED, RELINQUISHED, INVALIDATED, EXPIRED, EXHAUSTED ->
                true;
            case REQUESTED,
                    PRESENTED,
                    REFUSED,
                    LAPSED,
                    AMENDMENT_REQUESTED,
                    AMENDMENT_PRESENTED,
                    AMENDMENT_REFUSED,
                    AMENDMENT_LAPSED,
                    SUPERSEDED,
                    RELEASED,
                    RELEASE_REFUSED,
                    RELEASE_ABORTED,
                    NOTICE_SENT,
                    NOTICE_ACKNOWLEDGED,
                    NOTICE_REFUSED,
                    REMINDED,
                    DELETION_ATTESTED,
                    DELETION_OVERDUE -> false;
        };
    }

    /** Whether it is a release, or an attempt at one. */
    public boolean isReleaseOrAttempt() {
        return this == RELEASED || this == RELEASE_REFUSED || this == RELEASE_ABORTED;
    }

    /** The kind by its name on the wire; throws {@code IllegalArgumentException} when there is none. */
    public static EventKind ofWire(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}

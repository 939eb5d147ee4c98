package io.consentry.consent;

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

    /** How a consent stands that ended so. */
    public Status status() {
        return Status.valueOf(name());
    }

    /** The ending that leaves a consent standing so; throws {@code IllegalArgumentException} where that is none. */
    static Ending of(Status status) {
        return valueOf(status.name());
    }
}

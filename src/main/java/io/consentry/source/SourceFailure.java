package io.consentry.source;

import java.time.Duration;
import java.util.Optional;

/**
 * A source did not give a usable answer. Carries no message and no cause, since parsers quote what they read, and no stack
 * trace, since it is no bug.
 */
final class SourceFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    private SourceFailure(Kind kind, Optional<Duration> retryAfter) {
        super(kind.name(), null, false, false);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    static SourceFailure of(Kind kind) {
        return new SourceFailure(kind, Optional.empty());
    }

    static SourceFailure malformed() {
        return of(Kind.MALFORMED);
    }

    SourceFailure retryAfter(Optional<Duration> wait) {
        return new SourceFailure(kind, wait);
    }

    Kind kind() {
        return kind;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What went wrong; its lower-case name is the {@code outcome} in the metrics. */
    enum Kind {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** An HTTP status other than 2xx. */
        REFUSED,
        /** Not the agreed JSON. */
        MALFORMED,
        /** More bytes than any honest answer has. */
        OVERSIZED,
        /** An answer about somebody else. */
        MISMATCHED,
        /** The breaker is open: not asked. */
        BREAKER_OPEN,
        /** Too many requests are in flight already: not asked. */
        CROWDED,
        /** No answer within the deadline. */
        TIMED_OUT
    }
}

package io.consentry.source;

import java.time.Duration;
import java.util.Optional;

/**
 * A source did not give a usable answer at all; of single values that are not usable see {@link MalformedValue}. Carries no message and no cause, since parsers quote what they read, and no
 * stack trace, since it is no bug.
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
        /** A status that blames the request, such as 404 for a person whom the source does not know. */
        REFUSED,
        /** A status that blames the source, 500 and above. */
        FAILED,
        /** No JSON object that says whom it is about. */
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
        TIMED_OUT;

        /** Whether it tells that the source is ill, and not just that this request or this node is at fault. */
        boolean isIllness() {
            return switch (this) {
                case UNREACHABLE, FAILED, MALFORMED, OVERSIZED, TIMED_OUT -> true;
                case REFUSED, MISMATCHED, BREAKER_OPEN, CROWDED -> false;
            };
        }
    }
}

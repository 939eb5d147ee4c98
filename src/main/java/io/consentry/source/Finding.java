package io.consentry.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What came of asking for one attribute.
 *
 * <p>A fragment is the part of {@code person_info} that this attribute alone contributes, in Myinfo's shape with its
 * metadata; fragments of one person merge member by member, arrays index by index. Envelopes hold personal values and
 * do not print.
 */
public sealed interface Finding {

    /**
     * The source holds the attribute; {@code lastUpdated} is its oldest part's date, empty when the source told none.
     */
    record OnRecord(ObjectNode fragment, Optional<LocalDate> lastUpdated) implements Finding {

        @Override
        public String toString() {
            return "OnRecord[redacted]";
        }
    }

    /** The source answered that it has no record: {@code unavailable: true}, or an empty list. */
    record NoRecord(ObjectNode fragment) implements Finding {

        @Override
        public String toString() {
            return "NoRecord[redacted]";
        }
    }

    /** The attribute does not exist for this kind of person: source {@code "3"}, or an empty list. */
    record NotApplicable(ObjectNode fragment) implements Finding {

        @Override
        public String toString() {
            return "NotApplicable[redacted]";
        }
    }

    /**
     * Nothing is known: the source is down, refused, answered nonsense, too much or about somebody else, or there is
     * no source. {@code retryAfter} is there when waiting helps.
     */
    record Unavailable(Optional<Duration> retryAfter) implements Finding {}

    /** The source answered, and what it says of this attribute cannot be read. Asking again does not help. */
    record Malformed() implements Finding {}

    /** The source did not answer within its deadline. */
    record TimedOut(Optional<Duration> retryAfter) implements Finding {}
}

package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an agency misbehaves.
 *
 * @param kind in which way
 * @param delay how long it keeps one waiting first, for {@code slow}; 10 s when not given
 */
public record AgencyFault(Kind kind, Duration delay) {

    private static final long LONGEST = 60;

    @JsonCreator
    static AgencyFault of(
            @JsonProperty(value = "kind", required = true) Kind kind, @JsonProperty("seconds") @Nullable Long seconds) {
        long wait = seconds == null ? 10 : Math.clamp(seconds, 0, LONGEST);
        return new AgencyFault(kind, Duration.ofSeconds(wait));
    }

    /** The ways; on the wire in lower case. */
    public enum Kind {
        /** 503 with {@code Retry-After}. */
        DOWN,
        /** The right answer, too late. */
        SLOW,
        /** Something that is not JSON. */
        NONSENSE,
        /** The right form with another person's record. */
        OTHER_PERSON,
        /** Everything it holds, and an internal remark, whatever was asked for. */
        OVER_RETURN,
        /** Two million bytes. */
        OVERSIZED,
        /** 500. */
        ERROR;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

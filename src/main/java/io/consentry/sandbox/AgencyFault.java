package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an agency misbehaves.
 *
 * @param kind in which way
 * @param delay how long it keeps one waiting first, for {@code slow}; 10 s when not given
 * @param misprint what is wrong where, for {@code malformed}; nothing when not given
 */
public record AgencyFault(Kind kind, Duration delay, Misprint misprint) {

    private static final long LONGEST = 60;

    @JsonCreator
    static AgencyFault of(
            @JsonProperty(value = "kind", required = true) Kind kind,
            @JsonProperty("seconds") @Nullable Long seconds,
            @JsonProperty("at") @Nullable String at,
            @JsonProperty("value") @Nullable JsonNode value) {
        long wait = seconds == null ? 10 : Math.clamp(seconds, 0, LONGEST);
        return new AgencyFault(
                kind,
                Duration.ofSeconds(wait),
                new Misprint(at == null ? "" : at, value == null ? NullNode.instance : value));
    }

    /** The ways; on the wire in lower case. */
    public enum Kind {
        /** 503 with {@code Retry-After}. */
        @JsonProperty("down")
        DOWN,
        /** The right answer, too late. */
        @JsonProperty("slow")
        SLOW,
        /** Something that is not JSON. */
        @JsonProperty("nonsense")
        NONSENSE,
        /** The right answer, but for one value. */
        @JsonProperty("malformed")
        MALFORMED,
        /** The right form with another person's record. */
        @JsonProperty("other_person")
        OTHER_PERSON,
        /** Everything it holds, and an internal remark, whatever was asked for. */
        @JsonProperty("over_return")
        OVER_RETURN,
        /** Two million bytes. */
        @JsonProperty("oversized")
        OVERSIZED,
        /** 500. */
        @JsonProperty("error")
        ERROR
    }
}

package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the example receiver misbehaves.
 *
 * @param kind in which way
 * @param delay how long it keeps one waiting first, for {@code slow}; 10 s when not given
 */
public record ReceiverFault(Kind kind, Duration delay) {

    private static final long LONGEST = 60;

    @JsonCreator
    static ReceiverFault of(
            @JsonProperty(value = "kind", required = true) Kind kind, @JsonProperty("seconds") @Nullable Long seconds) {
        long wait = seconds == null ? 10 : Math.clamp(seconds, 0, LONGEST);
        return new ReceiverFault(kind, Duration.ofSeconds(wait));
    }

    /** The ways; on the wire in lower case. */
    public enum Kind {
        /** 503, and nothing is kept. */
        @JsonProperty("down")
        DOWN,
        /** 500, and nothing is kept. */
        @JsonProperty("error")
        ERROR,
        /** 200 with a page, which acknowledges nothing (RFC 8935 §2.2). */
        @JsonProperty("garbage")
        GARBAGE,
        /** 400 with two million bytes of explanation. */
        @JsonProperty("oversized")
        OVERSIZED,
        /** Takes it, and says so too late. */
        @JsonProperty("slow")
        SLOW,
        /** 400 with {@code invalid_request}, whatever it is sent. */
        @JsonProperty("refuse")
        REFUSE,
        /** Takes it and answers 500, so that it comes again; takes it again, and then says so. */
        @JsonProperty("twice")
        TWICE
    }
}

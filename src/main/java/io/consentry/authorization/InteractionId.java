package io.consentry.authorization;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import java.util.UUID;

/**
 * The identifier of one authorization request while a person decides on it: random, but for the number of the log of its grant,
 * where a UUID of version 8 has it in {@link GrantId}.
 */
public record InteractionId(@JsonValue UUID value) {

    @JsonCreator
    public InteractionId {
        java.util.Objects.requireNonNull(value);
    }

    /** A new one, of a request for a grant in this log. */
    public static InteractionId random(LogNumber log) {
        return new InteractionId(log.in(UUID.randomUUID()));
    }

    /** Reads the text form; throws {@code IllegalArgumentException} when it is none. */
    public static InteractionId parse(String text) {
        return new InteractionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

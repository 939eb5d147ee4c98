package io.consentry.authorization;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The identifier of one authorization request while a person decides on it. */
public record InteractionId(@JsonValue UUID value) {

    @JsonCreator
    public InteractionId {
        java.util.Objects.requireNonNull(value);
    }

    /** A new random one. */
    public static InteractionId random() {
        return new InteractionId(UUID.randomUUID());
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

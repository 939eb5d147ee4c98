package io.consentry.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The identifier of a grant: stays the same for the whole life of a consent, and is what clients hold. */
public record GrantId(@JsonValue UUID value) {

    @JsonCreator
    public GrantId {
        java.util.Objects.requireNonNull(value);
    }

    /** A new random one. */
    public static GrantId random() {
        return new GrantId(UUID.randomUUID());
    }

    /** Reads the text form; throws {@code IllegalArgumentException} when it is none. */
    public static GrantId parse(String text) {
        return new GrantId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package io.consentry.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The random identifier of a person's row; never leaves the service. */
public record PersonId(@JsonValue UUID value) {

    @JsonCreator
    public PersonId {
        java.util.Objects.requireNonNull(value);
    }

    /** A new random one. */
    public static PersonId random() {
        return new PersonId(UUID.randomUUID());
    }

    /** Reads the text form; throws {@code IllegalArgumentException} when it is none. */
    public static PersonId parse(String text) {
        return new PersonId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package io.consentry.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The identifier of a grant: stays the same for the whole life of a consent, and is what clients hold.
 *
 * <p>Begins with the time in milliseconds when it was made, and goes on with 74 random bits (UUID version 7, RFC 9562 §5.7):
 * nobody guesses one, and what belongs to grants of one time lies together in tables and indexes. Those from before are
 * random altogether; nothing reads the time.
 */
@Schema(implementation = String.class, format = "uuid")
public record GrantId(@JsonValue UUID value) {

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    @JsonCreator
    public GrantId {
        java.util.Objects.requireNonNull(value);
    }

    /** A new one. */
    public static GrantId create() {
        return new GrantId(GENERATOR.generate());
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

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
 * <p>A UUID of version 8 (RFC 9562 §5.8): 48 bits of the time in milliseconds when it was made, 12 bits with the number of its log,
 * 62 random bits. Nobody guesses one, what belongs to grants of one time lies together in tables and indexes, and whoever holds a
 * grant's identifier knows the log of its events. Nothing reads the time.
 */
@Schema(implementation = String.class, format = "uuid")
public record GrantId(@JsonValue UUID value) {

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    @JsonCreator
    public GrantId {
        java.util.Objects.requireNonNull(value);
    }

    /** A new one, whose grant will be in this log for life. */
    public static GrantId create(LogNumber log) {
        return new GrantId(
                log.in(GENERATOR.generate())); // the time and the random bits stand where a version 7 has them
    }

    /** Reads the text form; throws {@code IllegalArgumentException} when it is none. */
    public static GrantId parse(String text) {
        return new GrantId(UUID.fromString(text));
    }

    /** The log of the grant's events: the first of all for an identifier that names none, which is no grant of ours or an old one. */
    public LogNumber log() {
        return LogNumber.of(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

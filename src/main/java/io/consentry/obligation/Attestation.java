package io.consentry.obligation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a client has signed.
 *
 * @param attestedAt when it was received
 * @param deletedAt when the client says it has deleted, to the second
 * @param kept why something of it is kept all the same, if anything is
 * @param digest SHA-256 in hex over the signed JWS as it was received; the JWS itself is for the client to keep
 */
public record Attestation(Instant attestedAt, Instant deletedAt, Optional<RetentionGround> kept, String digest) {

    public Attestation {
        attestedAt = attestedAt.truncatedTo(ChronoUnit.MILLIS);
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a digest");
        }
    }
}

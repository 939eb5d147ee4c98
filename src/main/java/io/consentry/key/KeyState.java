package io.consentry.key;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a signing key stands in its life. It only ever goes forward: upcoming, signing, superseded, retired. */
public sealed interface KeyState {

    String kid();

    /** Published, so that clients have it before they need it; signs from then on. */
    record Upcoming(String kid, Instant publishedAt, Instant signsFrom) implements KeyState {}

    /** Signs everything. */
    record Signing(String kid, Instant since) implements KeyState {}

    /** Signs nothing more, and stays published for what it has signed. */
    record Superseded(String kid, Instant since, Instant publishedUntil) implements KeyState {}

    /** Neither signs nor is published; its private part is gone. */
    record Retired(String kid, Instant at) implements KeyState {}

    /** The states of all keys; the latest to sign comes first, in the rows and here. */
    static List<KeyState> of(List<SigningKeyRow> rows, Instant now, Duration publishAfter) {
        List<KeyState> states = new ArrayList<>();
        Instant successor = null;
        for (SigningKeyRow row : rows) {
            states.add(of(row, successor, now, publishAfter));
            successor = row.activeFrom.isAfter(now) ? null : row.activeFrom;
        }
        return List.copyOf(states);
    }

    private static KeyState of(SigningKeyRow row, @Nullable Instant successor, Instant now, Duration publishAfter) {
        if (row.retiredAt != null) {
            return new Retired(row.kid, row.retiredAt);
        }
        if (row.activeFrom.isAfter(now)) {
            return new Upcoming(row.kid, row.publishedAt, row.activeFrom);
        }
        return successor == null
                ? new Signing(row.kid, row.activeFrom)
                : new Superseded(row.kid, successor, successor.plus(publishAfter));
    }
}

package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;
import java.util.TreeSet;

/** One record in the history of a grant: what was asked, and what the person decided on it. */
public record ConsentRecord(Terms terms, Decision decision) {

    /**
     * What changed from one record to the next.
     *
     * @param added granted now and not before
     * @param removed granted before and not now
     * @param longer whether access lasts longer than before
     * @param shorter whether it ends sooner
     */
    public record Difference(
            SortedSet<AttributeName> added, SortedSet<AttributeName> removed, boolean longer, boolean shorter) {}

    public Difference since(ConsentRecord before) {
        var added = new TreeSet<>(decision.granted());
        added.removeAll(before.decision.granted());
        var removed = new TreeSet<>(before.decision.granted());
        removed.removeAll(decision.granted());
        return new Difference(
                added,
                removed,
                minute(decision).isAfter(minute(before.decision)),
                minute(decision).isBefore(minute(before.decision)));
    }

    /** As far as a person is told times apart. */
    private static Instant minute(Decision decision) {
        return decision.expiresAt().truncatedTo(ChronoUnit.MINUTES);
    }
}

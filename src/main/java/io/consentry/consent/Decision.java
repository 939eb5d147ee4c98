package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a person decided: one record of a grant. An amendment makes the next one and points to it; none is ever rewritten.
 *
 * @param recordId of this decision, random; what a receipt names (ISO/IEC TS 27560)
 * @param previous the decision that it succeeded
 * @param generation 1 for the first, one more with each amendment
 * @param granted what may be released
 * @param decidedAt when this decision was made
 * @param firstDecidedAt when the grant was first given
 * @param shown what the person had before their eyes
 */
public record Decision(
        UUID recordId,
        Optional<UUID> previous,
        int generation,
        PersonId person,
        SortedSet<AttributeName> granted,
        Instant decidedAt,
        Instant firstDecidedAt,
        Instant expiresAt,
        Shown shown) {

    public Decision {
        granted = Terms.copy(granted);
        if (generation < 1 || (generation == 1) != previous.isEmpty()) {
            throw new IllegalArgumentException("a later decision has a predecessor, and the first has none");
        }
    }

    /** The first decision on a grant. */
    static Decision first(
            PersonId person, SortedSet<AttributeName> granted, Instant at, Instant expiresAt, Shown shown) {
        return new Decision(UUID.randomUUID(), Optional.empty(), 1, person, granted, at, at, expiresAt, shown);
    }

    /** A fresh decision of the same person, for wider, narrower or longer access. */
    public Decision renewed(SortedSet<AttributeName> granted, Instant at, Instant expiresAt, Shown shown) {
        return new Decision(
                UUID.randomUUID(),
                Optional.of(recordId),
                generation + 1,
                person,
                granted,
                at,
                firstDecidedAt,
                expiresAt,
                shown);
    }

    /** Less than before; what was shown and how long it lasts stay as they were. */
    public Decision narrowed(Set<AttributeName> without, Instant at, Shown before) {
        var less = new TreeSet<>(granted);
        less.removeAll(without);
        return renewed(less, at, expiresAt, before);
    }

    /** The same decision if it may take this one's place; otherwise throws {@code IllegalArgumentException}. */
    Decision succeededBy(Decision next) {
        if (!next.previous.equals(Optional.of(recordId))
                || next.generation != generation + 1
                || !next.person.equals(person)
                || !next.firstDecidedAt.equals(firstDecidedAt)) {
            throw new IllegalArgumentException("a decision succeeds the one in force, by the same person");
        }
        return next;
    }

    void fits(Terms terms) {
        if (!terms.requested().containsAll(granted)) {
            throw new IllegalArgumentException("only what was requested can be granted");
        }
    }
}

package io.consentry.database;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a node makes of what it has seen of the database's clock. It counts on from the last look that it believed, by its
 * monotonic clock. A look that says something else is believed if it agrees with the mark, which other nodes and operators
 * set; otherwise the node goes on as before, and knows of two times.
 *
 * <p>At a start there is nothing to go on from but the mark. The look is believed unless the mark is later, or so much
 * earlier that a jump cannot be told from a long rest; and after any rest only if the node's own clock agrees, the one
 * thing it is ever asked. Until it is believed the node goes by it all the same, and knows of two times.
 *
 * @param followed the look that time is counted from
 * @param against another time that it may be
 * @param last the latest look, believed or not
 * @param believed whether the one that is followed was ever believed
 * @param told the latest time that was told, so that it never goes back
 */
record Course(
        Reading followed, Optional<Reading> against, Reading last, boolean believed, AtomicReference<Instant> told) {

    /** After the first look. */
    static Course begin(Reading look, ClockSettings settings, InstantSource own) {
        boolean rested = !look.isNear(look.mark(), settings.largestJump());
        boolean believed = !look.time().isBefore(look.mark().minus(settings.largestJump()))
                && !look.time().isAfter(look.mark().plus(settings.longestRest()))
                && (!rested || look.isNear(own.instant(), settings.largestJump()));
        var mark = new Reading(look.mark(), look.mark(), look.ahead(), look.nanos());
        return new Course(look, believed ? Optional.empty() : Optional.of(mark), look, believed, start());
    }

    /** After another look. */
    Course next(Reading look, ClockSettings settings, InstantSource own) {
        if (!believed) {
            return begin(look, settings, own);
        }
        if (look.isNear(followed.at(look.nanos()), settings.largestJump())) {
            return new Course(look, Optional.empty(), look, true, told);
        }
        return look.isNear(look.mark(), settings.largestJump())
                ? new Course(look, Optional.empty(), look, true, start())
                : new Course(followed, Optional.of(look), look, true, told);
    }

    /** The time at a moment, with the microseconds that the database keeps. */
    Instant tell(long nanos) {
        Instant now = followed.at(nanos);
        Instant latest = told.accumulateAndGet(now, (one, other) -> one.isAfter(other) ? one : other);
        return latest.plus(last.ahead()).truncatedTo(ChronoUnit.MICROS);
    }

    /** The other time that it may be. */
    Optional<Instant> tellOther(long nanos) {
        return against.map(other -> other.at(nanos).plus(last.ahead()));
    }

    private static AtomicReference<Instant> start() {
        return new AtomicReference<>(Instant.MIN);
    }
}

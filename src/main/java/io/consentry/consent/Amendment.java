package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A request of a client to change a grant, in one of the states of its life. Each state offers only the transitions that are
 * legal from it, and only the approved one has changed anything:
 *
 * <pre>
 * Requested ─► Presented ─► Approved
 *     │          ├─► Refused
 *     └──────────┴─► Lapsed, Overtaken, or Refused since another person came
 * </pre>
 */
public sealed interface Amendment {

    Ask ask();

    default AmendmentId id() {
        return ask().id();
    }

    /**
     * What is asked.
     *
     * @param terms those that the grant would have
     * @param generation of the decision that they were made against; another one makes the request void
     * @param person whose grant it is, and the only one who may approve
     */
    record Ask(AmendmentId id, Terms terms, int generation, PersonId person, Instant lapsesAt) {

        public Ask {
            lapsesAt = lapsesAt.truncatedTo(ChronoUnit.MILLIS); // as exactly as a row keeps it
        }
    }

    /** An amendment that nobody has decided on. */
    sealed interface Open extends Amendment {

        /** Nobody decided in time. */
        default Lapsed lapse(Instant at) {
            return new Lapsed(ask(), at);
        }

        /** The grant was changed or ended meanwhile; what was asked makes sense no more. */
        default Overtaken overtake(Instant at) {
            return new Overtaken(ask(), at);
        }

        /** Not approved: by the person, or because another one came. */
        default Refused refuse(Instant at) {
            return new Refused(ask(), at);
        }

        default boolean hasLapsed(Instant now) {
            return !now.isBefore(ask().lapsesAt());
        }
    }

    /** Asked for by the client; the person has not looked at it. */
    record Requested(Ask ask) implements Open {

        /** Shown to the person. */
        Presented present(Instant at) {
            return new Presented(ask, at);
        }
    }

    /** Before the eyes of the person. */
    record Presented(Ask ask, Instant presentedAt) implements Open {

        /** What they grant when they approve it, less what they decline of it. */
        SortedSet<AttributeName> granted(Set<AttributeName> declined) {
            if (!ask.terms().optional().containsAll(declined)) {
                throw new IllegalArgumentException("only optional attributes can be declined");
            }
            var granted = new TreeSet<>(ask.terms().requested());
            granted.removeAll(declined);
            return granted;
        }

        /** Approved: the record of that decision is in force. */
        Approved approve(ConsentRecord made, Instant at) {
            return new Approved(ask, presentedAt, made.decision().recordId(), at);
        }
    }

    /** In force, as the record says. */
    record Approved(Ask ask, Instant presentedAt, UUID recordId, Instant closedAt) implements Amendment {}

    /** Not approved; the grant is as it was. */
    record Refused(Ask ask, Instant closedAt) implements Amendment {}

    /** Not decided in time; the grant is as it was. */
    record Lapsed(Ask ask, Instant closedAt) implements Amendment {}

    /** Void, since the grant is not any more what was to be amended. */
    record Overtaken(Ask ask, Instant closedAt) implements Amendment {}
}

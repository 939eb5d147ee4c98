package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A consent, in one of the states of its life. Each state offers only the transitions that are legal from it:
 *
 * <pre>
 * Requested ─► Presented ─► Active ◄─► Paused
 *     │          ├─► Refused   └────┬────┘  each amended in place, any number of times
 *     └──────────┴─► Lapsed         └─► Ended (in one of seven ways)
 * </pre>
 *
 * What has ended never comes back; whoever wants more asks for a new one. {@link #version} grows with every edge.
 */
public sealed interface Consent {

    Terms terms();

    int version();

    Status status();

    /** A consent that nobody has decided on. */
    sealed interface Undecided extends Consent {

        Instant lapsesAt();

        /** Nobody decided in time. */
        Lapsed lapse(Instant at);

        default boolean hasLapsed(Instant now) {
            return !now.isBefore(lapsesAt());
        }
    }

    /** Asked for by the client; nobody has looked at it. */
    record Requested(Terms terms, int version, Instant lapsesAt) implements Undecided {

        /** Shown to a signed-in person. */
        public Presented present(PersonId person, Instant at) {
            return new Presented(terms, version + 1, lapsesAt, person, at);
        }

        @Override
        public Lapsed lapse(Instant at) {
            return new Lapsed(terms, version + 1, Optional.empty(), at);
        }

        @Override
        public Status status() {
            return Status.REQUESTED;
        }
    }

    /** Before the eyes of a person; theirs from now on, and nobody else's. */
    record Presented(Terms terms, int version, Instant lapsesAt, PersonId person, Instant presentedAt)
            implements Undecided {

        /** Approved: all that was requested, less what the person declined. */
        public Active grant(Set<AttributeName> declined, Instant at, Instant expiresAt, Shown shown) {
            if (!terms.optional().containsAll(declined)) {
                throw new IllegalArgumentException("only optional attributes can be declined");
            }
            var granted = new TreeSet<>(terms.requested());
            granted.removeAll(declined);
            Decision decision = Decision.first(person, granted, at, expiresAt, shown);
            return new Active(terms, version + 1, decision, Usage.NONE);
        }

        /** Not approved. */
        public Refused refuse(Instant at) {
            return new Refused(terms, version + 1, person, at);
        }

        @Override
        public Lapsed lapse(Instant at) {
            return new Lapsed(terms, version + 1, Optional.of(person), at);
        }

        @Override
        public Status status() {
            return Status.PRESENTED;
        }
    }

    /** A consent that a person gave, whatever became of it since. */
    sealed interface Given extends Consent {

        Decision decision();

        Usage usage();

        default PersonId person() {
            return decision().person();
        }

        default SortedSet<AttributeName> granted() {
            return decision().granted();
        }

        default Instant grantedAt() {
            return decision().decidedAt();
        }

        default Instant expiresAt() {
            return decision().expiresAt();
        }
    }

    /** A consent that was given and has not ended; expiry is judged here, when it is read. */
    sealed interface Standing extends Given {

        default boolean hasExpired(Instant now) {
            return !now.isBefore(expiresAt());
        }

        /** Ended for ever. Expiry ends it at the moment that was agreed, whenever it is noticed. */
        default Ended end(Ending how, Instant at) {
            Instant when = how == Ending.EXPIRED ? expiresAt() : at;
            return new Ended(terms(), version() + 1, decision(), usage(), how, when);
        }

        /** The uses so far, for terms that take the place of these: another template may count in other periods. */
        default Usage usageUnder(Terms next) {
            return next.purpose().equals(terms().purpose()) ? usage() : usage().inOtherPeriods();
        }

        /** In the same state, under a decision that succeeds the one in force. */
        Standing amend(Terms terms, Decision next);
    }

    /** In force. */
    record Active(Terms terms, int version, Decision decision, Usage usage) implements Standing {

        public Active {
            decision.fits(terms);
        }

        /** Stopped for a while by the person; nothing is released until they resume it. */
        public Paused pause(Instant at) {
            return new Paused(terms, version + 1, decision, usage, at);
        }

        /** Used once more. The version stays: a use is no edge. */
        Active used(Usage after) {
            return new Active(terms, version, decision, after);
        }

        @Override
        public Active amend(Terms terms, Decision next) {
            return new Active(
                    this.terms.succeededBy(terms), version + 1, decision.succeededBy(next), usageUnder(terms));
        }

        @Override
        public Status status() {
            return Status.ACTIVE;
        }
    }

    /** Not in force for as long as the person wants. */
    record Paused(Terms terms, int version, Decision decision, Usage usage, Instant pausedAt) implements Standing {

        public Paused {
            decision.fits(terms);
        }

        public Active resume() {
            return new Active(terms, version + 1, decision, usage);
        }

        @Override
        public Paused amend(Terms terms, Decision next) {
            return new Paused(
                    this.terms.succeededBy(terms),
                    version + 1,
                    decision.succeededBy(next),
                    usageUnder(terms),
                    pausedAt);
        }

        @Override
        public Status status() {
            return Status.PAUSED;
        }
    }

    /** Over, for ever: it offers no transition. */
    record Ended(Terms terms, int version, Decision decision, Usage usage, Ending ending, Instant endedAt)
            implements Given {

        @Override
        public Status status() {
            return ending.status();
        }
    }

    /** Not approved. */
    record Refused(Terms terms, int version, PersonId person, Instant refusedAt) implements Consent {

        @Override
        public Status status() {
            return Status.REFUSED;
        }
    }

    /** Nobody decided in time. */
    record Lapsed(Terms terms, int version, Optional<PersonId> person, Instant lapsedAt) implements Consent {

        @Override
        public Status status() {
            return Status.LAPSED;
        }
    }

    /**
     * A row that this service did not write as it stands: its seal does not fit, or the ledger knows a later state. Whoever
     * changed it, nothing is released under it, and it offers no transition.
     *
     * @param terms what the row says, which may be false
     * @param version the last that the ledger knows
     */
    record Damaged(Terms terms, int version) implements Consent {

        @Override
        public Status status() {
            return Status.DAMAGED;
        }
    }
}

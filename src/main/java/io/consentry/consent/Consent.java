package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A consent, in one of the seven states of its life. Each state offers only the transitions that are legal from it:
 *
 * <pre>
 * Requested ─► Presented ─► Granted ─► Withdrawn | Expired
 *     └──────────┴──► Refused | Lapsed
 * </pre>
 *
 * An ended consent never comes back; whoever wants more asks for a new one. {@link #version} grows with every edge.
 */
public sealed interface Consent {

    Terms terms();

    int version();

    /** The name of the state in tables and on the wire. */
    String state();

    /** A consent that can still be refused, or lapse. */
    sealed interface Undecided extends Consent {

        Instant lapsesAt();

        /** Not approved: by the person, or by whoever acts for the client when the request fails. */
        Refused refuse(Instant at);

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
        public Refused refuse(Instant at) {
            return new Refused(terms, version + 1, at);
        }

        @Override
        public Lapsed lapse(Instant at) {
            return new Lapsed(terms, version + 1, at);
        }

        @Override
        public String state() {
            return "requested";
        }
    }

    /** Before the eyes of a person; theirs from now on, and nobody else's. */
    record Presented(Terms terms, int version, Instant lapsesAt, PersonId person, Instant presentedAt)
            implements Undecided {

        /** Approved: all that was requested, less what the person declined. */
        public Granted grant(Set<AttributeName> declined, Instant at, Instant expiresAt) {
            if (!terms.optional().containsAll(declined)) {
                throw new IllegalArgumentException("only optional attributes can be declined");
            }
            var granted = new TreeSet<>(terms.requested());
            granted.removeAll(declined);
            return new Granted(terms, version + 1, person, granted, at, expiresAt);
        }

        @Override
        public Refused refuse(Instant at) {
            return new Refused(terms, version + 1, at);
        }

        @Override
        public Lapsed lapse(Instant at) {
            return new Lapsed(terms, version + 1, at);
        }

        @Override
        public String state() {
            return "presented";
        }
    }

    /** Approved. In force until it expires or is withdrawn; expiry is judged here, when it is read. */
    record Granted(
            Terms terms,
            int version,
            PersonId person,
            SortedSet<AttributeName> granted,
            Instant grantedAt,
            Instant expiresAt)
            implements Consent {

        public Granted {
            granted = Terms.copy(granted);
            if (!terms.requested().containsAll(granted)) {
                throw new IllegalArgumentException("only what was requested can be granted");
            }
        }

        public boolean hasExpired(Instant now) {
            return !now.isBefore(expiresAt);
        }

        /** Taken back by the person: final. */
        public Withdrawn withdraw(Instant at) {
            return new Withdrawn(terms, version + 1, person, granted, grantedAt, expiresAt, at);
        }

        /** Its time is up. */
        public Expired expire() {
            return new Expired(terms, version + 1, person, granted, grantedAt, expiresAt);
        }

        @Override
        public String state() {
            return "granted";
        }
    }

    /** Not approved. */
    record Refused(Terms terms, int version, Instant refusedAt) implements Consent {

        @Override
        public String state() {
            return "refused";
        }
    }

    /** Nobody decided in time. */
    record Lapsed(Terms terms, int version, Instant lapsedAt) implements Consent {

        @Override
        public String state() {
            return "lapsed";
        }
    }

    /** Taken back by the person. */
    record Withdrawn(
            Terms terms,
            int version,
            PersonId person,
            SortedSet<AttributeName> granted,
            Instant grantedAt,
            Instant expiresAt,
            Instant withdrawnAt)
            implements Consent {

        @Override
        public String state() {
            return "withdrawn";
        }
    }

    /** Ended by time. */
    record Expired(
            Terms terms,
            int version,
            PersonId person,
            SortedSet<AttributeName> granted,
            Instant grantedAt,
            Instant expiresAt)
            implements Consent {

        @Override
        public String state() {
            return "expired";
        }
    }
}

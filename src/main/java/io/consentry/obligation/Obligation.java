package io.consentry.obligation;

import java.time.Instant;

/**
 * That a client deletes what it fetched under a grant, in one of the states of its life. Each offers only what is legal from
 * it:
 *
 * <pre>
 * Open ─► Overdue
 *   └──►─────┴─► Met
 * </pre>
 *
 * What is met stays met.
 */
public sealed interface Obligation {

    Owed owed();

    ObligationState state();

    /** One that the client has not attested to. */
    sealed interface Unmet extends Obligation {

        /** The client says that it has deleted everything, but what it says that it must keep. */
        default Met meet(Attestation attestation) {
            return new Met(owed(), attestation);
        }
    }

    /** There is time left. */
    record Open(Owed owed) implements Unmet {

        /** The day has passed. */
        public Overdue lapse() {
            return new Overdue(owed);
        }

        @Override
        public ObligationState state() {
            return ObligationState.OPEN;
        }
    }

    /** The day has passed without an attestation; one that comes late still counts. */
    record Overdue(Owed owed) implements Unmet {

        @Override
        public ObligationState state() {
            return ObligationState.OVERDUE;
        }
    }

    /** The client has signed that it has deleted. Offers no transition. */
    record Met(Owed owed, Attestation attestation) implements Obligation {

        /** Whether it came after the day. */
        public boolean late() {
            return attestation.attestedAt().isAfter(owed.dueAt());
        }

        @Override
        public ObligationState state() {
            return ObligationState.MET;
        }
    }

    /** An unmet one as it is at a moment. */
    static Unmet unmet(Owed owed, Instant now) {
        Open open = new Open(owed);
        return now.isBefore(owed.dueAt()) ? open : open.lapse();
    }
}

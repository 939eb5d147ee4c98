package io.consentry.resident;

import io.consentry.ledger.NoticeState;
import io.consentry.obligation.ObligationState;
import io.consentry.obligation.RetentionGround;
import io.consentry.wording.Tally;
import java.util.List;
import java.util.Optional;

/**
 * What became of a consent, in words, for its page.
 *
 * @param versions every decision, newest first
 * @param notices what the client was told
 * @param duties what it owes
 * @param events the newest of what happened
 * @param more whether there is more than these
 */
record ConsentHistory(
        List<Version> versions, List<Notice> notices, List<Duty> duties, List<EventLine> events, boolean more) {

    /**
     * A decision.
     *
     * @param added labels of what it added to the one before, one after the other; empty for none
     * @param removed labels of what it took back
     */
    record Version(
            int generation,
            String at,
            String until,
            Tally tally,
            boolean first,
            String added,
            String removed,
            boolean longer,
            boolean shorter) {

        public boolean isSame() {
            return added.isEmpty() && removed.isEmpty() && !longer && !shorter;
        }
    }

    /** An event that the client is told of, and how far that has come. */
    record Notice(
            Optional<String> event,
            NoticeState state,
            Optional<String> sent,
            Optional<String> confirmed,
            Optional<String> refused) {

        public boolean isQueued() {
            return state == NoticeState.QUEUED;
        }
    }

    /** What the client must delete. */
    record Duty(String due, ObligationState state, Optional<String> attested, Optional<RetentionGround> kept) {

        public boolean isOverdue() {
            return state == ObligationState.OVERDUE;
        }

        public String tone() {
            return switch (state) {
                case MET -> kept.isPresent() ? "caution" : "good";
                case OVERDUE -> "stop";
                case OPEN -> "caution";
            };
        }
    }

    public boolean isAmended() {
        return versions.size() > 1;
    }
}

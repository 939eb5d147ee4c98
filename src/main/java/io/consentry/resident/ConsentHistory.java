package io.consentry.resident;

import io.consentry.wording.Tally;
import java.util.List;
import java.util.Optional;

/**
 * What became of a consent, in words, for its page.
 *
 * @param versions every decision, newest first
 * @param notices what the client was told
 * @param duties what it owes
 * @param happenings the newest of what happened
 * @param more whether there is more than these
 */
record ConsentHistory(
        List<Version> versions, List<Notice> notices, List<Duty> duties, List<EventLine> happenings, boolean more) {

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
            String state,
            Optional<String> sent,
            Optional<String> confirmed,
            Optional<String> refused) {

        public boolean isQueued() {
            return state.equals("queued");
        }
    }

    /** What the client must delete. */
    record Duty(String due, String state, Optional<String> attested, Optional<String> kept) {

        /** The state, and {@code kept} where the client says that not all is gone. */
        public String word() {
            return kept.isPresent() ? "kept" : state;
        }

        public String tone() {
            return switch (word()) {
                case "met" -> "good";
                case "overdue" -> "stop";
                default -> "caution";
            };
        }
    }

    public boolean isAmended() {
        return versions.size() > 1;
    }

    public boolean isOverdue() {
        return duties.stream().anyMatch(duty -> duty.state().equals("overdue"));
    }
}

package io.consentry.resident;

import io.consentry.consent.Reason;
import io.consentry.consent.Status;
import io.consentry.wording.Tally;
import java.util.List;
import java.util.Optional;

/**
 * A consent on a resident's pages, in words.
 *
 * @param reason why it ended
 * @param groups what is shared, or was asked for, by headings
 * @param tally how much that is
 */
record ConsentCard(
        String grant,
        Who who,
        Why why,
        Status status,
        Times times,
        Optional<Reason> reason,
        Use use,
        List<Group> groups,
        Tally tally) {

    /** Who asked. */
    record Who(String name, String legalName, String clientId, boolean doubtful) {}

    /** Why, and what follows from it. */
    record Why(String title, String sentence, String retention, String deleteWithin, String withdrawal) {

        static final Why UNKNOWN = new Why("", "", "", "", "");
    }

    /** When; each empty where it does not apply. */
    record Times(Optional<String> since, Optional<String> until, Optional<String> paused, Optional<String> ended) {}

    /**
     * How often it was used, and how often it may be.
     *
     * @param reminder how often the person is reminded of it; empty for access that is soon over
     * @param due whether a reminder is due
     */
    record Use(
            long releases,
            Optional<String> last,
            String often,
            boolean unusual,
            String howFar,
            Optional<String> reminder,
            boolean due) {}

    /** Attributes under one heading. */
    record Group(String heading, List<Item> items) {}

    /** One attribute. */
    record Item(String name, String label) {}

    public boolean inForce() {
        return status.isInForce();
    }

    /** Whether it has ended, or never came to be; one that still waits for an answer has not. */
    public boolean isOver() {
        return !inForce() && !isOpen();
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    public boolean isPaused() {
        return status == Status.PAUSED;
    }

    public boolean isDamaged() {
        return status == Status.DAMAGED;
    }

    /** Whether it waits for an answer. */
    public boolean isOpen() {
        return status.isOpen();
    }

    /** Whether the person ever gave it. */
    public boolean wasGiven() {
        return times.since().isPresent();
    }

    /** Whether part of it can be taken back and something is left. */
    public boolean canBeNarrowed() {
        return inForce() && tally.approved() > 1;
    }

    /** How the state is marked, beside its word. */
    public String tone() {
        return switch (status) {
            case ACTIVE -> "good";
            case PRESENTED, REQUESTED, PAUSED -> "caution";
            case WITHDRAWN, REFUSED, REVOKED, INVALIDATED, DAMAGED -> "stop";
            case LAPSED, RELINQUISHED, EXPIRED, EXHAUSTED -> "";
        };
    }

    /** Whether neither the person, nor the client, nor time ended it. */
    public boolean isEndedByOffice() {
        return status == Status.REVOKED || status == Status.INVALIDATED;
    }
}

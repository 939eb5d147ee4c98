package io.consentry.resident;

import java.util.List;
import java.util.Optional;

/**
 * A consent on a resident's pages, in words.
 *
 * @param status the state as {@link io.consentry.consent.HeldConsent} names it
 * @param cards what is shared, or was asked for, by headings
 */
record Holding(
        String grant,
        Who who,
        Why why,
        String status,
        Optional<String> since,
        Optional<String> until,
        Optional<String> ended,
        long releases,
        Optional<String> lastRelease,
        List<Card> cards) {

    /** Who asked. */
    record Who(String name, String legalName, String clientId, boolean doubtful) {}

    /** Why, and what follows from it. */
    record Why(String title, String sentence, String retention, String withdrawal) {}

    /** Labels under one heading. */
    record Card(String heading, List<String> labels) {}

    public boolean inForce() {
        return status.equals("active") || status.equals("paused");
    }

    public int facts() {
        return cards.stream().mapToInt(card -> card.labels().size()).sum();
    }

    /** How the state is marked, beside its word. */
    public String tone() {
        return switch (status) {
            case "active" -> "good";
            case "presented", "requested", "paused" -> "caution";
            case "withdrawn", "refused", "revoked", "invalidated", "damaged" -> "stop";
            default -> "";
        };
    }
}

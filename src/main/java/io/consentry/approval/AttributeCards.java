package io.consentry.approval;

import io.consentry.release.AttributeOutcome;
import io.consentry.wording.Reading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the consent page shows of the attributes that are asked for. Holds personal values; does not print.
 *
 * @param required cards of what is shared together or not at all
 * @param optional cards of what the person may tick
 * @param labels all that is named in it, in the order of the page
 */
record AttributeCards(List<Card> required, List<Card> optional, String labels) {

    /**
     * Attributes under one heading.
     *
     * @param irrelevant what does not exist for people of this status, named once and together
     */
    record Card(String heading, List<Row> rows, String irrelevant) {

        /** The names of what can be ticked together, with spaces between. */
        public String names() {
            return rows.stream().map(Row::name).collect(Collectors.joining(" "));
        }

        /** Whether ticking all of it at once saves anything. */
        public boolean hasSeveral() {
            return relevant().size() > 1;
        }

        /** Whether all of it is ticked. */
        public boolean isChosen() {
            return relevant().stream().allMatch(Row::chosen);
        }

        /** What can be shared, or cannot right now. */
        public List<Row> relevant() {
            return rows.stream().filter(Row::isRelevant).toList();
        }

        @Override
        public String toString() {
            return "Card[redacted]";
        }
    }

    /**
     * One attribute.
     *
     * @param chosen whether the person has ticked it themselves, before their session ended
     * @param masked whether its value is shown on request only
     * @param updated the date that its source tells
     * @param retryIn how long to wait where waiting helps
     */
    record Row(
            String name,
            String label,
            boolean chosen,
            boolean masked,
            AttributeOutcome outcome,
            Reading reading,
            Office office,
            Optional<String> updated,
            Optional<String> retryIn) {

        public boolean isRelevant() {
            return outcome != AttributeOutcome.NOT_APPLICABLE;
        }

        public boolean isHeld() {
            return outcome == AttributeOutcome.RELEASED;
        }

        @Override
        public String toString() {
            return "Row[" + name + ", redacted]";
        }
    }

    /** Whose fact it is, and where a person turns when it is wrong. */
    record Office(String shortName, String displayName, String contact) {}

    /** Whether an office of any row does not answer now. */
    public boolean someDown() {
        return Stream.concat(required.stream(), optional.stream())
                .flatMap(card -> card.rows().stream())
                .anyMatch(row -> row.outcome() == AttributeOutcome.SOURCE_UNAVAILABLE
                        || row.outcome() == AttributeOutcome.SOURCE_TIMEOUT);
    }

    public boolean isEmpty() {
        return required.isEmpty() && optional.isEmpty();
    }

    @Override
    public String toString() {
        return "AttributeCards[redacted]";
    }
}

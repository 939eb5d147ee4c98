package io.consentry.wording;

import io.consentry.kernel.AttributeName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many facts an event or a decision is about, by what became of them: the one count that all pages tell. It is made of
 * outcomes as the ledger has them, so that no page counts anything else.
 *
 * @param parts what people look for first
 */
public record Tally(List<Part> parts) {

    private static final String APPROVED = "granted";
    private static final String KEPT_BACK = "declined";

    /** As they are told; what stands for none of the client's facts, such as {@code dropped}, is last. */
    private static final List<String> ORDER = List.of(
            APPROVED,
            "released",
            "required",
            "optional",
            "kept",
            KEPT_BACK,
            "withheld_by_person",
            "not_asked_for",
            "withheld_by_policy",
            "record_not_found",
            "not_applicable",
            "source_malformed",
            "source_timeout",
            "source_unavailable");

    public static final Tally NOTHING = new Tally(List.of());

    /** So many facts of one outcome. */
    public record Part(String outcome, int facts) {}

    public Tally {
        parts = List.copyOf(parts);
    }

    /** Of the outcomes of an event. */
    public static Tally of(Collection<String> outcomes) {
        Map<String, Long> counts =
                outcomes.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return new Tally(counts.entrySet().stream()
                .map(each -> new Part(each.getKey(), Math.toIntExact(each.getValue())))
                .sorted(Comparator.comparingInt(Tally::rank).thenComparing(Part::outcome))
                .toList());
    }

    /** Of a decision, in the words of its event. */
    public static Tally of(Set<AttributeName> granted, Set<AttributeName> declined) {
        return of(Stream.of(
                        Collections.nCopies(granted.size(), APPROVED), Collections.nCopies(declined.size(), KEPT_BACK))
                .flatMap(List::stream)
                .toList());
    }

    private static int rank(Part part) {
        int place = ORDER.indexOf(part.outcome());
        return place < 0 ? ORDER.size() : place;
    }

    /** Facts that the person approved. */
    public int approved() {
        return parts.stream()
                .filter(part -> part.outcome().equals(APPROVED))
                .mapToInt(Part::facts)
                .sum();
    }

    /** All facts that it is about. */
    public int all() {
        return parts.stream().mapToInt(Part::facts).sum();
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }
}

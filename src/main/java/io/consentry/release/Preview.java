package io.consentry.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import io.consentry.person.Persons;
import io.consentry.source.Fetched;
import io.consentry.source.Finding;
import io.consentry.source.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What would be shared, for the consent page: the very values that the sources hold now, fetched as a release fetches them.
 * Nothing of it is stored, and nothing recorded but that the request was presented.
 */
@ApplicationScoped
public class Preview {

    private final Sources sources;
    private final Persons persons;
    private final Catalogue catalogue;
    private final InstantSource clock;

    Preview(Sources sources, Persons persons, Catalogue catalogue, InstantSource clock) {
        this.sources = sources;
        this.persons = persons;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * One attribute as it would be shared. Holds a personal value; does not print.
     *
     * @param fragment its part of {@code person_info}; empty when its source gave nothing
     */
    public record Item(
            Attribute attribute,
            boolean optional,
            AttributeOutcome outcome,
            Optional<ObjectNode> fragment,
            Optional<LocalDate> lastUpdated,
            Optional<Duration> retryAfter) {

        @Override
        public String toString() {
            return "Item[" + attribute.name() + ", " + outcome + ", redacted]";
        }
    }

    /** Every requested attribute, in the order of the catalogue. */
    public List<Item> of(PersonId person, Terms terms) {
        Fetched fetched = persons.nationalId(person)
                .map(number -> sources.fetch(number, terms.requested()))
                .orElseThrow(() -> new IllegalStateException("a signed-in person has no identity number"));
        var depth = HistoryDepth.of(catalogue, terms.purpose(), clock.instant());
        return catalogue.all().stream()
                .filter(attribute -> terms.requested().contains(attribute.name()))
                .map(attribute -> item(attribute, terms, fetched, depth))
                .toList();
    }

    private static Item item(Attribute attribute, Terms terms, Fetched fetched, HistoryDepth depth) {
        AttributeName name = attribute.name();
        boolean optional = terms.optional().contains(name);
        return switch (fetched.findings().getOrDefault(name, new Finding.Unavailable(Optional.empty()))) {
            case Finding.OnRecord(ObjectNode fragment, Optional<LocalDate> updated) ->
                new Item(
                        attribute,
                        optional,
                        AttributeOutcome.RELEASED,
                        Optional.of(depth.cut(PersonInfo.prune(fragment, attribute.shape()), attribute.shape())),
                        updated,
                        Optional.empty());
            case Finding.NoRecord none ->
                without(attribute, optional, AttributeOutcome.RECORD_NOT_FOUND, Optional.empty());
            case Finding.NotApplicable none ->
                without(attribute, optional, AttributeOutcome.NOT_APPLICABLE, Optional.empty());
            case Finding.Unavailable(Optional<Duration> wait) ->
                without(attribute, optional, AttributeOutcome.SOURCE_UNAVAILABLE, wait);
            case Finding.Malformed none ->
                without(attribute, optional, AttributeOutcome.SOURCE_MALFORMED, Optional.empty());
            case Finding.TimedOut(Optional<Duration> wait) ->
                without(attribute, optional, AttributeOutcome.SOURCE_TIMEOUT, wait);
        };
    }

    private static Item without(
            Attribute attribute, boolean optional, AttributeOutcome outcome, Optional<Duration> wait) {
        return new Item(attribute, optional, outcome, Optional.empty(), Optional.empty(), wait);
    }
}

package io.consentry.approval;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.SourceId;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import io.consentry.release.Preview;
import io.consentry.wording.Language;
import io.consentry.wording.Reader;
import io.consentry.wording.Reading;
import io.consentry.wording.Writing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what the sources hold now into the cards of the consent page. */
@ApplicationScoped
class PreviewCards {

    private final Preview preview;
    private final Language language;
    private final Writing writing;
    private final Reader reader;

    PreviewCards(Preview preview, Writing writing, Reader reader, Language language) {
        this.preview = preview;
        this.writing = writing;
        this.reader = reader;
        this.language = language;
    }

    /**
     * What is asked for, in two parts.
     *
     * @param fresh what the person has not granted yet; all of it unless a grant is being amended
     * @param kept what they have granted already and are asked for again
     */
    record Parts(AttributeCards fresh, AttributeCards kept) {

        public boolean someDown() {
            return fresh.someDown() || kept.someDown();
        }

        @Override
        public String toString() {
            return "Parts[redacted]";
        }
    }

    Parts of(PersonId person, Terms terms, Set<AttributeName> granted, Set<AttributeName> chosen) {
        Map<Boolean, List<Preview.Item>> items = preview.of(person, terms).stream()
                .collect(Collectors.partitioningBy(
                        item -> granted.contains(item.attribute().name())));
        return new Parts(
                asked(items.getOrDefault(false, List.of()), chosen),
                asked(items.getOrDefault(true, List.of()), chosen));
    }

    private AttributeCards asked(List<Preview.Item> items, Set<AttributeName> chosen) {
        List<AttributeCards.Card> required = cards(items, false, chosen);
        List<AttributeCards.Card> optional = cards(items, true, chosen);
        return new AttributeCards(
                required,
                optional,
                writing.list(Stream.concat(required.stream(), optional.stream())
                        .flatMap(card -> card.rows().stream())
                        .map(AttributeCards.Row::label)
                        .toList()));
    }

    private List<AttributeCards.Card> cards(List<Preview.Item> items, boolean optional, Set<AttributeName> chosen) {
        Map<String, List<Preview.Item>> groups = new LinkedHashMap<>();
        items.stream()
                .filter(item -> item.optional() == optional)
                .forEach(item -> groups.computeIfAbsent(item.attribute().group(), group -> new ArrayList<>())
                        .add(item));
        return groups.values().stream().map(group -> card(group, chosen)).toList();
    }

    private AttributeCards.Card card(List<Preview.Item> group, Set<AttributeName> chosen) {
        List<AttributeCards.Row> rows =
                group.stream().map(item -> row(item, chosen)).toList();
        return new AttributeCards.Card(
                group.getFirst().attribute().groupLabel(language.locale()),
                rows,
                writing.list(rows.stream()
                        .filter(row -> !row.isRelevant())
                        .map(AttributeCards.Row::label)
                        .toList()));
    }

    private AttributeCards.Row row(Preview.Item item, Set<AttributeName> chosen) {
        Attribute attribute = item.attribute();
        SourceId source = attribute.source();
        return new AttributeCards.Row(
                attribute.name().value(),
                attribute.label(language.locale()),
                item.optional() && chosen.contains(attribute.name()),
                attribute.sensitivity().isMasked(),
                item.outcome(),
                item.fragment()
                        .map(fragment -> reader.read(attribute, fragment))
                        .orElse(Reading.NOTHING),
                new AttributeCards.Office(source.shortName(), source.displayName(), source.contact()),
                item.lastUpdated().map(writing::date),
                item.retryAfter().map(writing::wait));
    }
}

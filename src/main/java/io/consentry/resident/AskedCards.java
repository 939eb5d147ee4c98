package io.consentry.resident;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.SourceId;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import io.consentry.release.Preview;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts what the sources hold now into the cards of the consent page. */
@ApplicationScoped
class AskedCards {

    private final Preview preview;
    private final Locale locale = Locale.ENGLISH;
    private final Writing writing;
    private final Reader reader;

    AskedCards(Preview preview, ValueMessages words) {
        this.preview = preview;
        this.writing = new Writing(locale, words);
        this.reader = new Reader(writing);
    }

    /**
     * What is asked for, in two parts.
     *
     * @param fresh what the person has not granted yet; all of it unless a grant is being amended
     * @param kept what they have granted already and are asked for again
     */
    record Parts(Asked fresh, Asked kept) {

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

    private Asked asked(List<Preview.Item> items, Set<AttributeName> chosen) {
        return new Asked(cards(items, false, chosen), cards(items, true, chosen));
    }

    private List<Asked.Card> cards(List<Preview.Item> items, boolean optional, Set<AttributeName> chosen) {
        Map<String, List<Preview.Item>> groups = new LinkedHashMap<>();
        items.stream()
                .filter(item -> item.optional() == optional)
                .forEach(item -> groups.computeIfAbsent(item.attribute().group(), group -> new ArrayList<>())
                        .add(item));
        return groups.values().stream()
                .map(group -> new Asked.Card(
                        group.getFirst().attribute().groupLabel(locale),
                        group.stream().map(item -> row(item, chosen)).toList()))
                .toList();
    }

    private Asked.Row row(Preview.Item item, Set<AttributeName> chosen) {
        Attribute attribute = item.attribute();
        SourceId source = attribute.source();
        return new Asked.Row(
                attribute.name().value(),
                attribute.label(locale),
                item.optional() && chosen.contains(attribute.name()),
                attribute.sensitivity().isMasked(),
                item.outcome(),
                item.fragment()
                        .map(fragment -> reader.read(attribute, fragment))
                        .orElse(Reading.NOTHING),
                new Asked.Office(source.shortName(), source.displayName(), source.contact()),
                item.lastUpdated().map(writing::date),
                item.retryAfter().map(writing::wait));
    }
}

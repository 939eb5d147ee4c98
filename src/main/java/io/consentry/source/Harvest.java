package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.catalogue.Attribute;
import io.consentry.kernel.AttributeName;
import io.consentry.source.Fragments.Share;
import io.consentry.source.Reply.Entry;
import io.consentry.source.Reply.Group;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns a source's answer into a finding for each attribute. One malformed member costs only its own attribute. */
final class Harvest {

    private final Source source;
    private final Reply reply;
    private final Consumer<Item> onMalformed;

    Harvest(Source source, Reply reply, Consumer<Item> onMalformed) {
        this.source = source;
        this.reply = reply;
        this.onMalformed = onMalformed;
    }

    Map<AttributeName, Finding> findings(Map<Attribute, Item> wanted) {
        Map<AttributeName, Finding> findings = new HashMap<>();
        wanted.forEach((attribute, item) -> findings.put(attribute.name(), finding(attribute, item)));
        return findings;
    }

    private Finding finding(Attribute attribute, Item item) {
        try {
            Group group = reply.groups().get(item.group());
            if (group == null) {
                throw SourceFailure.malformed();
            }
            return switch (group) {
                case Group.Nothing(Optional<LocalDate> asOf) ->
                    new Finding.NoRecord(Fragments.noRecord(attribute, source.provenance(), asOf));
                case Group.OutOfScope() -> new Finding.NotApplicable(Fragments.notApplicable(attribute));
                case Group.Single(Entry entry) -> single(attribute, item, entry);
                case Group.Listed(List<Entry> entries) -> listed(attribute, item, entries);
            };
        } catch (SourceFailure malformed) {
            onMalformed.accept(item);
            return new Finding.Unavailable(Optional.empty());
        }
    }

    private Finding single(Attribute attribute, Item item, Entry entry) {
        if (attribute.shape().isList()) {
            throw SourceFailure.malformed();
        }
        JsonNode value = decoded(item, entry).orElseThrow(SourceFailure::malformed);
        var fragment = Fragments.held(attribute, source.provenance(), value, entry.asOf());
        return new Finding.Held(ShapeCheck.verify(attribute, fragment), entry.asOf());
    }

    private Finding listed(Attribute attribute, Item item, List<Entry> entries) {
        if (!attribute.shape().isList()) {
            throw SourceFailure.malformed();
        }
        if (entries.isEmpty()) {
            return new Finding.NoRecord(Fragments.noRecord(attribute, source.provenance(), Optional.empty()));
        }
        List<Share> shares = new ArrayList<>();
        for (Entry entry : entries) {
            shares.add(new Share(decoded(item, entry), entry.asOf()));
        }
        var fragment = Fragments.records(attribute, source.provenance(), shares);
        Optional<LocalDate> oldest =
                entries.stream().flatMap(entry -> entry.asOf().stream()).min(LocalDate::compareTo);
        return new Finding.Held(ShapeCheck.verify(attribute, fragment), oldest);
    }

    /** Absent or null is never "no data": only a record that the source marks as restricted may leave a member out. */
    private static Optional<JsonNode> decoded(Item item, Entry entry) {
        JsonNode told = entry.members().get(item.member());
        if (told == null && entry.restricted()) {
            return Optional.empty();
        }
        if (told == null || told.isNull()) {
            throw SourceFailure.malformed();
        }
        return Optional.of(item.decoder().decode(told));
    }
}

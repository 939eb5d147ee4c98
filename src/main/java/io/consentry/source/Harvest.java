package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.kernel.AttributeName;
import io.consentry.source.Envelopes.Share;
import io.consentry.source.Reply.Entry;
import io.consentry.source.Reply.Group;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a source's answer into a finding for each attribute. One malformed member costs only its own attributes. */
final class Harvest {

    private final Source source;
    private final Reply reply;
    private final Remarks remarks;

    Harvest(Source source, Reply reply, Remarks remarks) {
        this.source = source;
        this.reply = reply;
        this.remarks = remarks;
    }

    Map<AttributeName, Finding> findings(Map<Attribute, Item> wanted) {
        Map<AttributeName, Finding> findings = new HashMap<>();
        wanted.forEach((attribute, item) -> findings.put(attribute.name(), finding(attribute, item)));
        return findings;
    }

    private Finding finding(Attribute attribute, Item item) {
        try {
            return switch (reply.groups().getOrDefault(item.group(), new Group.Malformed())) {
                case Group.Nothing(Optional<LocalDate> asOf) ->
                    new Finding.NoRecord(Envelopes.noRecord(attribute, source.provenance(), asOf));
                case Group.OutOfScope() -> new Finding.NotApplicable(Envelopes.notApplicable(attribute));
                case Group.Single(Entry entry) -> single(attribute, item, entry);
                case Group.Listed(List<Entry> entries) -> listed(attribute, item, entries);
                case Group.Malformed() -> throw new MalformedValue();
            };
        } catch (MalformedValue malformed) {
            remarks.malformed(attribute, item);
            return new Finding.Malformed();
        }
    }

    private Finding single(Attribute attribute, Item item, Entry entry) {
        if (attribute.shape().isList()) {
            throw new MalformedValue();
        }
        JsonNode value = decoded(item, entry).orElseThrow(MalformedValue::new);
        return held(attribute, Envelopes.held(attribute, source.provenance(), value, entry.asOf()), entry.asOf());
    }

    private Finding listed(Attribute attribute, Item item, List<Entry> entries) {
        if (!attribute.shape().isList()) {
            throw new MalformedValue();
        }
        if (entries.isEmpty()) {
            return new Finding.NoRecord(Envelopes.noRecord(attribute, source.provenance(), Optional.empty()));
        }
        List<Share> shares = new ArrayList<>();
        for (Entry entry : entries) {
            shares.add(new Share(decoded(item, entry), entry.asOf()));
        }
        Optional<LocalDate> oldest =
                entries.stream().flatMap(entry -> entry.asOf().stream()).min(LocalDate::compareTo);
        return held(attribute, Envelopes.records(attribute, source.provenance(), shares), oldest);
    }

    private Finding held(Attribute attribute, ObjectNode fragment, Optional<LocalDate> asOf) {
        new ShapeCheck(attribute, remarks).verify(fragment);
        return new Finding.OnRecord(fragment, asOf);
    }

    /** Absent or null is never "no data": only a record that the source marks as restricted may leave a member out. */
    private static Optional<JsonNode> decoded(Item item, Entry entry) {
        JsonNode told = entry.members().get(item.member());
        if (told == null && entry.restricted()) {
            return Optional.empty();
        }
        if (told == null || told.isNull()) {
            throw new MalformedValue();
        }
        return Optional.of(item.decoder().decode(told));
    }
}

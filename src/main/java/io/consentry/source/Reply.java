package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.NationalId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A source's answer, checked to be about the person who was asked for, and cut down to what was asked for.
 *
 * @param groups the groups that were asked for and came
 * @param overReturned names of what came unasked, in the source's own words; already dropped
 */
record Reply(Map<String, Group> groups, Set<String> overReturned) {

    /** One group of the answer. */
    sealed interface Group {

        /** The source holds it. */
        record Single(Entry entry) implements Group {}

        /** A list of records, possibly empty. */
        record Listed(List<Entry> entries) implements Group {}

        /** The source holds nothing of it. */
        record Nothing(Optional<LocalDate> asOf) implements Group {}

        /** It does not exist for this kind of person. */
        record OutOfScope() implements Group {}
    }

    /** Members of one object or record; {@code restricted} when the source tells only a part of them. */
    record Entry(Map<String, JsonNode> members, Optional<LocalDate> asOf, boolean restricted) {

        @Override
        public String toString() {
            return "Entry[redacted]";
        }
    }

    /**
     * Reads an answer.
     *
     * @param asked the paths ({@code group.member}) that were asked for
     * @throws SourceFailure when it is about somebody else, or not laid out as agreed
     */
    static Reply read(ObjectNode answer, Layout layout, NationalId person, Set<String> asked) {
        if (!text(answer, layout.identity()).equals(person.value())) {
            throw SourceFailure.of(SourceFailure.Kind.MISMATCHED);
        }
        Map<String, Group> groups = new HashMap<>();
        Set<String> surplus = new TreeSet<>();
        for (Map.Entry<String, JsonNode> member : answer.properties()) {
            String name = member.getKey();
            if (name.equals(layout.identity())) {
                continue;
            }
            if (asked.stream().noneMatch(path -> path.startsWith(name + "."))) {
                surplus.add(plain(name));
                continue;
            }
            groups.put(name, group(name, member.getValue(), layout, asked, surplus));
        }
        return new Reply(Map.copyOf(groups), Set.copyOf(surplus));
    }

    private static Group group(String name, JsonNode node, Layout layout, Set<String> asked, Set<String> surplus) {
        if (node instanceof ArrayNode list) {
            List<Entry> entries = new ArrayList<>();
            for (JsonNode element : list) {
                entries.add(entry(name, element, layout, asked, surplus));
            }
            return new Group.Listed(List.copyOf(entries));
        }
        String status = status(node, layout);
        if (status.equals(layout.noRecord())) {
            return new Group.Nothing(date(node, layout));
        }
        if (status.equals(layout.notApplicable())) {
            return new Group.OutOfScope();
        }
        return new Group.Single(entry(name, node, layout, asked, surplus));
    }

    private static Entry entry(String group, JsonNode node, Layout layout, Set<String> asked, Set<String> surplus) {
        if (!(node instanceof ObjectNode object)) {
            throw SourceFailure.malformed();
        }
        String status = status(node, layout);
        if (!status.isEmpty() && !status.equals(layout.restricted())) {
            throw SourceFailure.malformed();
        }
        Map<String, JsonNode> members = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (asked.contains(group + "." + member.getKey())) {
                members.put(member.getKey(), member.getValue());
            } else if (!layout.framing().contains(member.getKey())) {
                surplus.add(group + "." + plain(member.getKey()));
            }
        }
        return new Entry(Map.copyOf(members), date(node, layout), !status.isEmpty());
    }

    private static Optional<LocalDate> date(JsonNode node, Layout layout) {
        if (!node.has(layout.date())) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text(node, layout.date()), layout.dates()));
        } catch (DateTimeException e) {
            throw SourceFailure.malformed();
        }
    }

    private static String status(JsonNode node, Layout layout) {
        return node.has(layout.status()) ? text(node, layout.status()) : "";
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isTextual()) {
            throw SourceFailure.malformed();
        }
        return value.textValue();
    }

    /** A member's name as it may be reported: a name that is no plain word could itself be a value. */
    private static String plain(String name) {
        return name.matches("[a-z][A-Za-z]{0,39}[0-9]?") ? name : "(unprintable)";
    }

    @Override
    public String toString() {
        return "Reply[redacted]";
    }
}

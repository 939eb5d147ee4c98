package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.consentry.kernel.NationalId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A source's answer, checked to be about the person who was asked for, and cut down to what was asked for. Whatever is
 * malformed below that costs its own group or member only, and is judged there.
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

        /** Its frame, which all its attributes need, is not laid out as agreed. */
        record Malformed() implements Group {}
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
     * @throws SourceFailure when it does not say whom it is about, or is about somebody else
     */
    static Reply read(ObjectNode answer, Layout layout, NationalId person, Set<String> asked) {
        JsonNode identity = answer.path(layout.identity());
        if (!identity.isTextual()) {
            throw SourceFailure.malformed();
        }
        if (!identity.textValue().equals(person.value())) {
            throw SourceFailure.of(SourceFailure.Kind.MISMATCHED);
        }
        Map<String, Group> groups = new HashMap<>();
        Set<String> surplus = new TreeSet<>();
        for (Map.Entry<String, JsonNode> member : answer.properties()) {
            String name = member.getKey();
            if (asked.stream().anyMatch(path -> path.startsWith(name + "."))) {
                groups.put(name, group(name, member.getValue(), layout, asked));
                surplus.addAll(surplus(name, member.getValue(), layout, asked));
            } else if (!name.equals(layout.identity())) {
                surplus.add(plain(name));
            }
        }
        return new Reply(Map.copyOf(groups), Set.copyOf(surplus));
    }

    /**
     * A record that tells another person's number is that person's, whatever its frame says. A text that is no number is nobody's: it
     * costs its own attributes, and is judged with them.
     *
     * @param path of the datum ({@code group.member}) that is the person's own number
     * @throws SourceFailure when it is somebody else's
     */
    void requireNoOther(NationalId person, String path) {
        int dot = path.indexOf('.');
        if (groups.get(path.substring(0, dot)) instanceof Group.Single(Entry entry)
                && entry.members().get(path.substring(dot + 1)) instanceof TextNode told
                && NationalId.isValid(told.textValue())
                && !told.textValue().equals(person.value())) {
            throw SourceFailure.of(SourceFailure.Kind.MISMATCHED);
        }
    }

    private static Group group(String name, JsonNode node, Layout layout, Set<String> asked) {
        try {
            if (node instanceof ArrayNode list) {
                List<Entry> entries = new ArrayList<>();
                list.forEach(element -> entries.add(entry(name, element, layout, asked)));
                return new Group.Listed(List.copyOf(entries));
            }
            Optional<String> status = status(node, layout);
            if (status.equals(Optional.of(layout.noRecord()))) {
                return new Group.Nothing(empty(name, node, layout, asked));
            }
            if (status.equals(Optional.of(layout.notApplicable()))) {
                empty(name, node, layout, asked);
                return new Group.OutOfScope();
            }
            return new Group.Single(entry(name, node, layout, asked));
        } catch (MalformedValue e) {
            return new Group.Malformed();
        }
    }

    private static Entry entry(String group, JsonNode node, Layout layout, Set<String> asked) {
        if (!(node instanceof ObjectNode object)) {
            throw new MalformedValue();
        }
        Optional<String> status = status(node, layout);
        if (status.isPresent() && !status.get().equals(layout.restricted())) {
            throw new MalformedValue();
        }
        return new Entry(members(group, object, asked), date(node, layout), status.isPresent());
    }

    /** The date of a group that holds nothing; one that says so and tells something all the same is not believed. */
    private static Optional<LocalDate> empty(String group, JsonNode node, Layout layout, Set<String> asked) {
        if (!members(group, node, asked).isEmpty()) {
            throw new MalformedValue();
        }
        return date(node, layout);
    }

    private static Map<String, JsonNode> members(String group, JsonNode object, Set<String> asked) {
        Map<String, JsonNode> members = new HashMap<>();
        object.properties().forEach(member -> {
            if (asked.contains(group + "." + member.getKey())) {
                members.put(member.getKey(), member.getValue());
            }
        });
        return Map.copyOf(members);
    }

    private static Set<String> surplus(String group, JsonNode node, Layout layout, Set<String> asked) {
        Set<String> surplus = new TreeSet<>();
        if (node instanceof ArrayNode list) {
            list.forEach(element -> surplus.addAll(surplus(group, element, layout, asked)));
        }
        node.properties().forEach(member -> {
            String name = member.getKey();
            if (!asked.contains(group + "." + name) && !layout.framing().contains(name)) {
                surplus.add(group + "." + plain(name));
            }
        });
        return surplus;
    }

    private static Optional<LocalDate> date(JsonNode node, Layout layout) {
        return Optional.ofNullable(node.get(layout.date())).map(Texts::read).map(layout.dates()::day);
    }

    private static Optional<String> status(JsonNode node, Layout layout) {
        return Optional.ofNullable(node.get(layout.status())).map(Texts::read);
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

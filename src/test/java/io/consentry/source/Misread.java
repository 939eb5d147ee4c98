package io.consentry.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.NationalId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One agency's whole answer about somebody, taken over HTTP once, and then read again with one thing in it changed. */
final class Misread {

    private static final int LIMIT = 262_144;

    private final Source source;
    private final NationalId person;
    private final Map<Attribute, Item> items = new HashMap<>();
    private final Set<String> asked;
    private final byte[] answer;
    final Map<String, Integer> overlong = new TreeMap<>();
    final Set<String> malformed = new TreeSet<>();

    Misread(Source source, NationalId person, Catalogue catalogue) throws IOException {
        this.source = source;
        this.person = person;
        source.items()
                .forEach(item -> items.put(catalogue.find(item.attribute()).orElseThrow(), item));
        this.asked = source.items().stream().map(Item::path).collect(Collectors.toSet());
        try (InputStream body = source.ask(person, asked)) {
            this.answer = body.readAllBytes();
        }
    }

    byte[] bytes() {
        return answer.clone();
    }

    ObjectNode tree() throws IOException {
        return NativeReader.read(new ByteArrayInputStream(answer), LIMIT);
    }

    Map<AttributeName, Finding> read(byte[] body) throws IOException {
        return read(NativeReader.read(new ByteArrayInputStream(body), LIMIT));
    }

    Map<AttributeName, Finding> read(ObjectNode body) {
        overlong.clear();
        malformed.clear();
        return new Harvest(source, Reply.read(body, source.layout(), person, asked), remarks()).findings(items);
    }

    /** The attributes that need what lies at a place of the answer: a group's frame is needed by all of the group. */
    Set<AttributeName> needing(List<String> place) {
        String group = place.getFirst();
        List<String> names =
                place.stream().filter(step -> !step.startsWith("#")).toList();
        return source.items().stream()
                .filter(item -> item.group().equals(group))
                .filter(item -> names.size() < 2
                        || source.layout().framing().contains(names.get(1))
                        || item.member().equals(names.get(1)))
                .map(Item::attribute)
                .collect(Collectors.toSet());
    }

    /**
     * The places of all values, containers too, below the root; {@code #0} is the first of a list. The identity is not
     * one, nor is what lies where another answer of this agency, or an earlier record but the first, had something too.
     */
    List<List<String>> places(Set<String> known) throws IOException {
        List<List<String>> found = new ArrayList<>();
        ObjectNode root = tree();
        root.remove(source.layout().identity());
        places(root, List.of(), found);
        return found.stream()
                .filter(place ->
                        known.add(source.name() + String.join("/", place).replaceAll("#[1-9][0-9]*", "#n")))
                .toList();
    }

    private static void places(JsonNode node, List<String> at, List<List<String>> found) {
        if (!at.isEmpty()) {
            found.add(at);
        }
        node.properties().forEach(member -> places(member.getValue(), below(at, member.getKey()), found));
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                places(list.get(i), below(at, "#" + i), found);
            }
        }
    }

    static JsonNode at(JsonNode root, List<String> place) {
        JsonNode node = root;
        for (String step : place) {
            node = step.startsWith("#") ? node.get(Integer.parseInt(step.substring(1))) : node.get(step);
        }
        return node;
    }

    static void put(ObjectNode root, List<String> place, JsonNode value) {
        JsonNode holder = at(root, place.subList(0, place.size() - 1));
        String last = place.getLast();
        if (holder instanceof ObjectNode object) {
            object.set(last, value);
        } else {
            ((ArrayNode) holder).set(Integer.parseInt(last.substring(1)), value);
        }
    }

    private Remarks remarks() {
        return new Remarks() {
            @Override
            public void malformed(Attribute attribute, Item item) {
                malformed.add(attribute.name().value());
            }

            @Override
            public void overlong(Attribute attribute, int length) {
                overlong.put(attribute.name().value(), length);
            }
        };
    }

    private static List<String> below(List<String> at, String name) {
        List<String> path = new ArrayList<>(at);
        path.add(name);
        return List.copyOf(path);
    }
}

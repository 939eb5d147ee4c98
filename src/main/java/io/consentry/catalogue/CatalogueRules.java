package io.consentry.catalogue;

import io.consentry.kernel.AttributeName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold between the entries of a catalogue, beyond what each record checks of itself. Every method throws
 * {@code IllegalStateException} that names the entry at fault, so that a wrong catalogue never serves.
 */
final class CatalogueRules {

    private CatalogueRules() {}

    static void check(List<Attribute> attributes, Map<String, Map<String, String>> codes, List<Template> templates) {
        namesAreUnique(attributes);
        pathsAreUnique(attributes);
        codeTablesExist(attributes, codes.keySet());
        aRecordComesFromOneSource(attributes);
        attributesHaveLabels(attributes);
        versionsAreUnique(templates);
        purposesHaveWords(templates.stream().map(Template::purpose).toList());
    }

    private static void namesAreUnique(Collection<Attribute> attributes) {
        Set<AttributeName> seen = new HashSet<>();
        for (Attribute attribute : attributes) {
            require(seen.add(attribute.name()), attribute, "stands twice");
        }
    }

    private static void pathsAreUnique(Collection<Attribute> attributes) {
        Set<String> seen = new HashSet<>();
        for (Attribute attribute : attributes) {
            for (Leaf leaf : attribute.shape().leaves()) {
                require(seen.add(leaf.dotted()), attribute, "has a path of another: " + leaf.dotted());
            }
        }
    }

    private static void codeTablesExist(Collection<Attribute> attributes, Set<String> tables) {
        for (Attribute attribute : attributes) {
            for (Leaf leaf : attribute.shape().leaves()) {
                leaf.codeTable()
                        .ifPresent(table ->
                                require(tables.contains(table), attribute, "names an unknown code table: " + table));
            }
        }
    }

    /** Records of a list have no key to join on, so two sources could not fill one without mixing them up. */
    private static void aRecordComesFromOneSource(Collection<Attribute> attributes) {
        Map<String, SourceId> owners = new HashMap<>();
        for (Attribute attribute : attributes) {
            SourceId owner = owners.computeIfAbsent(attribute.container(), container -> attribute.source());
            require(owner == attribute.source(), attribute, "comes from another source than its siblings");
        }
    }

    private static void attributesHaveLabels(Collection<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            require(Words.has("attribute." + attribute.name()), attribute, "has no label in English");
            require(Words.has("group." + attribute.group()), attribute, "is in a group without a label in English");
        }
    }

    private static void versionsAreUnique(Collection<Template> templates) {
        Set<PurposeVersion> seen = new HashSet<>();
        for (Template template : templates) {
            if (!seen.add(template.purpose().id())) {
                throw new IllegalStateException(
                        "The catalogue's purpose " + template.purpose().id() + " stands twice");
            }
        }
    }

    private static void purposesHaveWords(Collection<Purpose> purposes) {
        for (Purpose purpose : purposes) {
            for (String word : List.of("title", "sentence", "withdrawal")) {
                if (!Words.has("purpose." + purpose.code() + "." + word)) {
                    throw new IllegalStateException(
                            "The catalogue's purpose " + purpose.code() + " has no " + word + " in English");
                }
            }
        }
    }

    private static void require(boolean holds, Attribute attribute, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("The catalogue's attribute " + attribute.name() + " " + otherwise);
        }
    }
}

package io.consentry.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The form of an attribute in the record.
 *
 * @param envelopeAt the path of the object that carries {@code source}, {@code classification} and {@code lastupdated}:
 *     the attribute itself, its container, or each record of a list ({@code vehicles[]})
 * @param leaves its values, in order; every path lies under {@code envelopeAt}
 */
public record Shape(String envelopeAt, List<Leaf> leaves) {

    public Shape {
        leaves = List.copyOf(leaves);
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("no leaves under " + envelopeAt);
        }
        Set<String> seen = new HashSet<>();
        for (Leaf leaf : leaves) {
            if (!leaf.dotted().startsWith(envelopeAt + ".")) {
                throw new IllegalArgumentException("path " + leaf.dotted() + " lies outside " + envelopeAt);
            }
            if (!seen.add(leaf.dotted())) {
                throw new IllegalArgumentException("path " + leaf.dotted() + " stands twice");
            }
        }
    }

    /** Whether the attribute is part of each record of a list, such as {@code vehicles[]}; a person may have none of these. */
    public boolean isList() {
        return envelopeAt.endsWith("[]");
    }
}

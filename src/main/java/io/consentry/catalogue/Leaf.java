package io.consentry.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One value at the end of an attribute.
 *
 * @param path from the root of the record; an element that ends in {@code []} is an array, for example
 *     {@code hdbownership[]}, {@code address}, {@code block}, {@code value}
 * @param type what it holds
 * @param codeTable the code table its values come from, see {@link Catalogue#describe}
 * @param maxLength the most characters it can have
 * @param dates whether it says when the record of a history is from, which a purpose may limit
 */
public record Leaf(List<String> path, LeafType type, Optional<String> codeTable, OptionalInt maxLength, boolean dates) {

    private static final Pattern ELEMENT = Pattern.compile("[a-z0-9-]+(\\[])?");

    public Leaf {
        path = List.copyOf(path);
        if (path.size() < 2 || !path.stream().allMatch(e -> ELEMENT.matcher(e).matches())) {
            throw new IllegalArgumentException("bad path " + String.join(".", path));
        }
        if (path.getLast().endsWith("[]")) {
            throw new IllegalArgumentException("path ends in an array: " + String.join(".", path));
        }
        if (dates && (type != LeafType.DATE && type != LeafType.PARTIAL_DATE)) {
            throw new IllegalArgumentException("no date in " + String.join(".", path));
        }
        if (maxLength.isPresent() && maxLength.getAsInt() < 1) {
            throw new IllegalArgumentException("no room in " + String.join(".", path));
        }
    }

    /** The path as one text, for example {@code hdbownership[].address.block.value}. */
    public String dotted() {
        return String.join(".", path);
    }
}

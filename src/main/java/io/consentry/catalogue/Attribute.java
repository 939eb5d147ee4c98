package io.consentry.catalogue;

import io.consentry.kernel.AttributeName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One fact that a client can ask for by its scope.
 *
 * @param name the scope
 * @param group under which heading pages show it: {@code personal}, {@code contact}, {@code family}, {@code housing},
 *     {@code income}, {@code cpf}, {@code work}, {@code vehicle}, {@code licence}, {@code education} or {@code other}
 * @param shape its form in the record
 * @param source who owns it
 * @param sensitivity how carefully it is shown
 * @param availableTo whom the source knows it of; for everybody else it is not applicable
 * @param editable whether a form lets the person change it: contact and marriage details are declared by the person
 *     in the first place, everything else is the government's word and read-only
 */
public record Attribute(
        AttributeName name,
        String group,
        Shape shape,
        SourceId source,
        Sensitivity sensitivity,
        Set<Residency> availableTo,
        boolean editable) {

    /** The headings there are; their order is that of the catalogue. */
    static final Set<String> GROUPS = Set.of(
            "personal",
            "contact",
            "family",
            "housing",
            "income",
            "cpf",
            "work",
            "vehicle",
            "licence",
            "education",
            "other");

    public Attribute {
        if (!GROUPS.contains(group)) {
            throw new IllegalArgumentException("unknown group " + group);
        }
        if (availableTo.isEmpty()) {
            throw new IllegalArgumentException("available to nobody");
        }
        availableTo = Collections.unmodifiableSet(EnumSet.copyOf(availableTo));
    }

    /** What a resident calls it; English where the language has no word for it yet. */
    public String label(Locale locale) {
        return Words.find("attribute." + name, locale);
    }

    /** The heading of its group. */
    public String groupLabel(Locale locale) {
        return Words.find("group." + group, locale);
    }

    /** The member of the record under which it lies, for example {@code hdbownership}; of a plain attribute, its own name. */
    public String container() {
        String first = shape.leaves().getFirst().path().getFirst();
        return first.endsWith("[]") ? first.substring(0, first.length() - 2) : first;
    }
}

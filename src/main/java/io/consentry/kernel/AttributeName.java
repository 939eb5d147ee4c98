package io.consentry.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The scope of one attribute in the catalogue, for example {@code name} or {@code cpfbalances.oa}. */
@Schema(implementation = String.class)
public record AttributeName(@JsonValue String value) implements Comparable<AttributeName> {

    @JsonCreator
    public AttributeName {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not an attribute name");
        }
    }

    // Possessive: a name has one way to be read.
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,64}+(\\.[a-z0-9-]{1,64}+){0,3}+");

    /** Whether a text has the form of an attribute's scope. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Those of some texts that have the form of one; whatever else is among them is dropped. */
    public static Set<AttributeName> amongst(Collection<String> texts) {
        return texts.stream()
                .filter(AttributeName::isOne)
                .map(AttributeName::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int compareTo(AttributeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

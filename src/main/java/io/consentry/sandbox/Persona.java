package io.consentry.sandbox;

import io.consentry.kernel.NationalId;
import java.util.List;

/**
 * One of the invented people.
 *
 * @param uinfin a valid identity number that belongs to nobody as far as we know
 * @param name the principal name
 * @param tags what to find the person by, for example {@code pr} or {@code slow-cpfb}
 * @param summary one sentence on what is particular
 */
public record Persona(NationalId uinfin, String name, List<String> tags, String summary) {

    public Persona {
        tags = List.copyOf(tags);
    }

    @Override
    public String toString() {
        return "Persona[redacted]";
    }
}

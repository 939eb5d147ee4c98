package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.NationalId;
import java.util.List;
import java.util.Map;

/**
 * A file under {@code sandbox/people}: who it is, what each agency holds of them in that agency's own words, and which
 * agencies misbehave for them. Dates that roll are written as in {@link RollingDates}.
 */
record PersonFile(Persona persona, Map<Agency, AgencyFault> faults, Map<Agency, ObjectNode> agencies) {

    PersonFile {
        faults = Map.copyOf(faults);
        agencies = Map.copyOf(agencies);
    }

    @JsonCreator
    static PersonFile read(
            @JsonProperty(value = "uinfin", required = true) String uinfin,
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "tags", required = true) List<String> tags,
            @JsonProperty(value = "summary", required = true) String summary,
            @JsonProperty(value = "faults", required = true) Map<Agency, AgencyFault> faults,
            @JsonProperty(value = "agencies", required = true) Map<Agency, ObjectNode> agencies) {
        return new PersonFile(new Persona(new NationalId(uinfin), name, tags, summary), faults, agencies);
    }

    NationalId uinfin() {
        return persona.uinfin();
    }

    @Override
    public String toString() {
        return "PersonFile[redacted]";
    }
}

package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.NationalId;
import java.util.List;
import java.util.Map;

/**
 * A file under {@code sandbox/people}: who it is, what each agency holds of them in that agency's own words, and which
 * agencies misbehave for them. Dates that roll are written as in {@link RollingDates}.
 */
record PersonFile(
        @JsonProperty(required = true) NationalId uinfin,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) List<String> tags,
        @JsonProperty(required = true) String summary,
        @JsonProperty(required = true) Map<Agency, AgencyFault> faults,
        @JsonProperty(required = true) Map<Agency, ObjectNode> agencies) {

    PersonFile {
        faults = Map.copyOf(faults);
        agencies = Map.copyOf(agencies);
    }

    Persona persona() {
        return new Persona(uinfin, name, tags, summary);
    }

    @Override
    public String toString() {
        return "PersonFile[redacted]";
    }
}

package io.consentry.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/** What the mock agencies hold of a person today, whole or as far as it was asked for. */
@ApplicationScoped
class AgencyRecords {

    private final People people;
    private final InstantSource clock;

    AgencyRecords(People people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
    }

    /** Everything the agency holds. */
    ObjectNode whole(Agency agency, PersonFile person) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), RollingDates.SINGAPORE);
        ObjectNode told = people.defaults(agency).deepCopy();
        ObjectNode own = person.agencies().get(agency);
        if (own != null) {
            told.setAll(own.deepCopy());
        }
        switch (agency) {
            case CPFB -> CpfLedger.expand(told, today);
            case IRAS -> TaxFile.expand(told);
            case ICA, MSF, SINGPASS, URA, HDB, LTA, TP -> {}
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put(agency.identity(), person.uinfin().value());
        answer.setAll((ObjectNode) new RollingDates(today, agency.dates()).resolve(told));
        return answer;
    }

    /** Of what the agency holds, the groups and members that were asked for as {@code group.member}. */
    ObjectNode asked(Agency agency, PersonFile person, Set<String> asked) {
        ObjectNode whole = whole(agency, person);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set(agency.identity(), whole.get(agency.identity()));
        for (Map.Entry<String, JsonNode> group : whole.properties()) {
            String prefix = group.getKey() + ".";
            if (asked.stream().anyMatch(path -> path.startsWith(prefix))) {
                answer.set(group.getKey(), cut(group.getValue(), prefix, agency, asked));
            }
        }
        return answer;
    }

    private static JsonNode cut(JsonNode group, String prefix, Agency agency, Set<String> asked) {
        if (group instanceof ArrayNode list) {
            ArrayNode cut = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> cut.add(cut(element, prefix, agency, asked)));
            return cut;
        }
        ObjectNode cut = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : group.properties()) {
            String name = member.getKey();
            if (asked.contains(prefix + name) || agency.framing().contains(name)) {
                cut.set(name, member.getValue());
            }
        }
        return cut;
    }
}

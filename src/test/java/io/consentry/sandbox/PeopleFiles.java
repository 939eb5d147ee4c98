package io.consentry.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.kernel.NationalId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;

/** What the agencies hold of the invented people, for tests that look for it elsewhere. */
public final class PeopleFiles {

    private PeopleFiles() {}

    /** Everything that all agencies hold of somebody, in their own words. */
    public static JsonNode agenciesOf(String uinfin) {
        var people = new People();
        var records = new AgencyRecords(people, Clock.systemUTC());
        PersonFile file = people.file(new NationalId(uinfin)).orElseThrow();
        var all = new ObjectMapper().createObjectNode();
        for (Agency agency : Agency.values()) {
            all.set(agency.name(), records.whole(agency, file));
        }
        return all;
    }

    /** Descriptions in code lists, and the agencies' own code words: they are nobody's. */
    public static Set<String> vocabulary() {
        var words = new TreeSet<>(Set.of("ORIGINAL", "ADDITIONAL", "Participated", "NO ATTACHMENT"));
        try (InputStream file = PeopleFiles.class.getResourceAsStream("/catalogue/codes.json")) {
            for (JsonNode list : new ObjectMapper().readTree(file)) {
                list.forEach(word -> words.add(word.asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}

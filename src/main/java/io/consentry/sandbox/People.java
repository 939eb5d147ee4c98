package io.consentry.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.NationalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The invented people of the sandbox, from {@code sandbox/people}: {@code index.json} lists the files, {@code
 * defaults.json} says what each agency holds of somebody of whom it holds nothing.
 */
@ApplicationScoped
public class People {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<NationalId, PersonFile> files = new LinkedHashMap<>();
    private final Map<Agency, ObjectNode> defaults;

    People() {
        defaults = Map.copyOf(read("defaults.json", new TypeReference<Map<Agency, ObjectNode>>() {}));
        for (String name : read("index.json", new TypeReference<List<String>>() {})) {
            PersonFile file = read(name + ".json", new TypeReference<PersonFile>() {});
            files.put(file.uinfin(), file);
        }
    }

    /** Everybody, the most useful first. */
    public List<Persona> all() {
        return files.values().stream().map(PersonFile::persona).toList();
    }

    /** The person with this number, if there is one. */
    public Optional<Persona> find(NationalId uinfin) {
        return file(uinfin).map(PersonFile::persona);
    }

    Optional<PersonFile> file(NationalId uinfin) {
        return Optional.ofNullable(files.get(uinfin));
    }

    /** Somebody else, always the same for one person. */
    PersonFile otherThan(NationalId uinfin) {
        return files.values().stream()
                .filter(file -> !file.uinfin().equals(uinfin) && file.uinfin().isForeign() == uinfin.isForeign())
                .findFirst()
                .orElseThrow();
    }

    /** What the agency holds of somebody of whom it holds nothing. */
    ObjectNode defaults(Agency agency) {
        return Objects.requireNonNull(defaults.get(agency), "every agency has defaults");
    }

    private static <T> T read(String name, TypeReference<T> type) {
        try (InputStream file = People.class.getResourceAsStream("/sandbox/people/" + name)) {
            return JSON.readValue(Objects.requireNonNull(file, "no sandbox/people/" + name), type);
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox/people/" + name + " cannot be read", e);
        }
    }
}

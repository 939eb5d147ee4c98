package io.consentry.program.production;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;

/** What runs is held against the advisories that are known, without a network: the build's own bill of materials and one page. */
class AdvisoriesTest {

    private static final Path MATERIALS = Path.of("target", "bom.json");
    private static final Path PAGE = Path.of("src", "docs", "advisories.md");
    private static final int COLUMNS = 5;

    private record Advisory(String artifact, ComparableVersion fixedIn, boolean reachesUs) {

        static Advisory of(List<String> cells) {
            return new Advisory(
                    cells.getFirst(),
                    new ComparableVersion(cells.get(1)),
                    cells.getLast().isEmpty());
        }

        boolean endangers(Map<String, ComparableVersion> materials) {
            ComparableVersion ours = materials.get(artifact);
            return ours != null && reachesUs && ours.compareTo(fixedIn) < 0;
        }
    }

    @Test
    void nothingThatRunsHasAKnownHoleThatReachesUs() throws Exception {
        Map<String, ComparableVersion> materials = materials();
        List<Advisory> known = advisories();

        assertThat(known.stream().filter(advisory -> advisory.endangers(materials)))
                .isEmpty();
    }

    @Test
    void thePageIsAboutWhatRuns() throws Exception {
        assertThat(materials().keySet())
                .hasSizeGreaterThan(100)
                .containsAll(advisories().stream().map(Advisory::artifact).toList());
    }

    private static Map<String, ComparableVersion> materials() throws IOException {
        JsonNode components =
                new ObjectMapper().readTree(Files.readString(MATERIALS)).path("components");
        var materials = new TreeMap<String, ComparableVersion>();
        StreamSupport.stream(components.spliterator(), false)
                .forEach(one -> materials.put(
                        one.path("group").asText() + ":" + one.path("name").asText(),
                        new ComparableVersion(one.path("version").asText())));
        return materials;
    }

    private static List<Advisory> advisories() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.contains(":") && !line.startsWith("| artifact"))
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> Advisory.of(cells.subList(1, 1 + COLUMNS)))
                .toList();
    }
}

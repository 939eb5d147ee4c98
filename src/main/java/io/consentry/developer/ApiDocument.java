package io.consentry.developer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.consentry.developer.ApiReference.Answer;
import io.consentry.developer.ApiReference.Field;
import io.consentry.developer.ApiReference.Operation;
import io.consentry.developer.ApiReference.Section;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The OpenAPI document as it lies in the repository; a test holds it to the running service. */
@ApplicationScoped
class ApiDocument {

    private final String yaml = read();
    private final ApiReference reference;

    ApiDocument() {
        try {
            this.reference = reference(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("openapi/openapi.yaml cannot be read", e);
        }
    }

    String yaml() {
        return yaml;
    }

    ApiReference reference() {
        return reference;
    }

    private static ApiReference reference(JsonNode document) {
        List<Section> sections = new ArrayList<>();
        for (JsonNode tag : document.path("tags")) {
            String name = tag.path("name").asText();
            List<Operation> operations = operations(document, name);
            if (!operations.isEmpty()) {
                String id = name.toLowerCase(Locale.ROOT).replace(' ', '-');
                sections.add(new Section(id, name, tag.path("description").asText(""), operations));
            }
        }
        JsonNode info = document.path("info");
        return new ApiReference(
                info.path("title").asText(), info.path("description").asText(""), List.copyOf(sections));
    }

    private static List<Operation> operations(JsonNode document, String tag) {
        List<Operation> found = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(member -> {
                    JsonNode operation = member.getValue();
                    if (operation.path("tags").path(0).asText().equals(tag)) {
                        found.add(operation(document, path.getKey(), member.getKey(), operation));
                    }
                }));
        return List.copyOf(found);
    }

    private static Operation operation(JsonNode document, String path, String verb, JsonNode operation) {
        return new Operation(
                verb.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asText(""),
                operation.path("description").asText(""),
                parameters(operation),
                body(document, operation),
                answers(operation),
                needs(operation));
    }

    private static List<Field> parameters(JsonNode operation) {
        return elements(operation.path("parameters")).stream()
                .map(parameter -> new Field(
                        parameter.path("name").asText(),
                        parameter.path("in").asText(),
                        parameter.path("description").asText(""),
                        parameter.path("required").asBoolean()))
                .toList();
    }

    private static List<Field> body(JsonNode document, JsonNode operation) {
        List<Field> fields = new ArrayList<>();
        for (JsonNode content : operation.path("requestBody").path("content")) {
            JsonNode schema = resolve(document, content.path("schema"));
            List<String> required = elements(schema.path("required")).stream()
                    .map(JsonNode::asText)
                    .toList();
            schema.path("properties")
                    .properties()
                    .forEach(property -> fields.add(new Field(
                            property.getKey(),
                            "body",
                            property.getValue().path("description").asText(""),
                            required.contains(property.getKey()))));
        }
        return List.copyOf(fields);
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : schema;
    }

    private static List<Answer> answers(JsonNode operation) {
        List<Answer> answers = new ArrayList<>();
        operation
                .path("responses")
                .properties()
                .forEach(response -> answers.add(new Answer(
                        response.getKey(),
                        response.getValue().path("description").asText(""))));
        return List.copyOf(answers);
    }

    private static List<String> needs(JsonNode operation) {
        List<String> needs = new ArrayList<>();
        for (JsonNode scheme : operation.path("security")) {
            scheme.fieldNames().forEachRemaining(needs::add);
        }
        return List.copyOf(needs);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String read() {
        try (InputStream file = Objects.requireNonNull(
                ApiDocument.class.getResourceAsStream("/openapi/openapi.yaml"), "no openapi/openapi.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

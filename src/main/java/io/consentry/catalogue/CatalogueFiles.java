package io.consentry.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consentry.kernel.AttributeName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue's three files; each reader throws {@code IllegalStateException} that names the entry at fault. */
final class CatalogueFiles {

    /** Strict: a misspelt or repeated member is a mistake in the catalogue, not something to pass over. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private CatalogueFiles() {}

    static List<Attribute> attributes(InputStream file) {
        return read(file, "attributes", new TypeReference<List<AttributeEntry>>() {}).stream()
                .map(AttributeEntry::toAttribute)
                .toList();
    }

    static Map<String, Map<String, String>> codes(InputStream file) {
        return read(file, "codes", new TypeReference<>() {});
    }

    static List<Purpose> purposes(InputStream file) {
        return read(file, "purposes", new TypeReference<List<PurposeEntry>>() {}).stream()
                .map(PurposeEntry::toPurpose)
                .toList();
    }

    private static <T> T read(InputStream file, String what, TypeReference<T> type) {
        try (file) {
            return JSON.readValue(file, type);
        } catch (IOException e) {
            throw new IllegalStateException("The catalogue's " + what + " cannot be read: " + e.getMessage(), e);
        }
    }

    record AttributeEntry(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String group,
            @JsonProperty(required = true) SourceId source,
            @JsonProperty(required = true) Sensitivity sensitivity,
            @JsonProperty(required = true) Set<Residency> availableTo,
            @JsonProperty(required = true) boolean editable,
            @JsonProperty(required = true) String envelopeAt,
            @JsonProperty(required = true) List<LeafEntry> leaves) {

        Attribute toAttribute() {
            try {
                Shape shape = new Shape(
                        envelopeAt, leaves.stream().map(LeafEntry::toLeaf).toList());
                return new Attribute(new AttributeName(name), group, shape, source, sensitivity, availableTo, editable);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException("The catalogue's attribute " + name + ": " + e.getMessage(), e);
            }
        }
    }

    record LeafEntry(
            @JsonProperty(required = true) String path,
            @JsonProperty(required = true) LeafType type,
            @Nullable String codeTable,
            @Nullable Integer maxLength) {

        Leaf toLeaf() {
            OptionalInt most = maxLength == null ? OptionalInt.empty() : OptionalInt.of(maxLength);
            return new Leaf(List.of(path.split("\\.", -1)), type, Optional.ofNullable(codeTable), most);
        }
    }

    record PurposeEntry(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String accessPeriod,
            @JsonProperty(required = true) String retentionPeriod) {

        Purpose toPurpose() {
            try {
                return new Purpose(code, Duration.parse(accessPeriod), Period.parse(retentionPeriod));
            } catch (RuntimeException e) {
                throw new IllegalStateException("The catalogue's purpose " + code + ": " + e.getMessage(), e);
            }
        }
    }
}

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
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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

    /** Every version of every purpose; {@code scopes} says what a name in them stands for. */
    static List<Template> purposes(InputStream file, Function<String, Set<AttributeName>> scopes) {
        return read(file, "purposes", new TypeReference<List<PurposeEntry>>() {}).stream()
                .map(entry -> entry.toTemplate(scopes))
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
            @Nullable Integer maxLength,
            @Nullable Boolean dates) {

        Leaf toLeaf() {
            OptionalInt most = maxLength == null ? OptionalInt.empty() : OptionalInt.of(maxLength);
            return new Leaf(
                    List.of(path.split("\\.", -1)),
                    type,
                    Optional.ofNullable(codeTable),
                    most,
                    Boolean.TRUE.equals(dates));
        }
    }

    record PurposeEntry(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) int version,
            @JsonProperty(required = true) boolean withdrawn,
            @JsonProperty(required = true) List<String> attributes,
            @Nullable List<String> except,
            @JsonProperty(required = true) AccessEntry access,
            @JsonProperty(required = true) KeepingEntry keeping) {

        Template toTemplate(Function<String, Set<AttributeName>> scopes) {
            try {
                var allowed = expand(attributes, scopes);
                allowed.removeAll(expand(except == null ? List.of() : except, scopes));
                var id = new PurposeVersion(code, version);
                return new Template(new Purpose(id, allowed, access.toAccess(), keeping.toKeeping()), withdrawn);
            } catch (RuntimeException e) {
                throw new IllegalStateException("The catalogue's purpose " + code + ": " + e.getMessage(), e);
            }
        }

        private static TreeSet<AttributeName> expand(List<String> names, Function<String, Set<AttributeName>> scopes) {
            var all = new TreeSet<AttributeName>();
            for (String name : names) {
                Set<AttributeName> found = scopes.apply(name);
                if (found.isEmpty()) {
                    throw new IllegalArgumentException("names no attribute: " + name);
                }
                all.addAll(found);
            }
            return all;
        }
    }

    record AccessEntry(
            @JsonProperty(required = true) String period,
            @JsonProperty(required = true) boolean periodic,
            @Nullable Long total,
            @Nullable RateEntry rate,
            @Nullable String history,
            @Nullable String remindEvery) {

        Purpose.Access toAccess() {
            var limits = new Limits(
                    total == null ? OptionalLong.empty() : OptionalLong.of(total),
                    Optional.ofNullable(rate).map(RateEntry::toRate),
                    Optional.ofNullable(history).map(Period::parse));
            return new Purpose.Access(
                    Duration.parse(period),
                    periodic,
                    limits,
                    Optional.ofNullable(remindEvery).map(Duration::parse));
        }
    }

    record RateEntry(
            @JsonProperty(required = true) long releases,
            @JsonProperty(required = true) String per) {

        Limits.Rate toRate() {
            return new Limits.Rate(releases, Duration.parse(per));
        }
    }

    record KeepingEntry(
            @JsonProperty(required = true) String retention,
            @JsonProperty(required = true) String deleteWithin) {

        Purpose.Keeping toKeeping() {
            return new Purpose.Keeping(Period.parse(retention), Period.parse(deleteWithin));
        }
    }
}

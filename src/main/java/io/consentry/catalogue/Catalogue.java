package io.consentry.catalogue;

import io.consentry.kernel.AttributeName;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Every attribute that can be asked for, the purposes for which, and the code tables of their values.
 *
 * <p>Read once at start from the program's own files; a file that is wrong in itself stops the start. Holds no personal
 * value, never changes, and may be used from any thread.
 */
@Startup
@ApplicationScoped
public class Catalogue {

    private final Map<AttributeName, Attribute> attributes;
    private final Map<String, Set<AttributeName>> scopes;
    private final Map<PurposeVersion, Purpose> versions;
    private final Map<String, Purpose> purposes;
    private final Map<String, Map<String, String>> codeTables;

    /** The catalogue of this program. */
    public Catalogue() {
        this(
                CatalogueFiles.attributes(file("attributes.json")),
                CatalogueFiles.codes(file("codes.json")),
                scopes -> CatalogueFiles.purposes(file("purposes.json"), scopes));
    }

    Catalogue(
            List<Attribute> entries,
            Map<String, Map<String, String>> codes,
            Function<Function<String, Set<AttributeName>>, List<Template>> reasons) {
        Map<AttributeName, Attribute> byName = new LinkedHashMap<>();
        entries.forEach(entry -> byName.put(entry.name(), entry));
        this.attributes = Collections.unmodifiableMap(byName);
        this.scopes = scopes(byName.keySet());
        this.codeTables = codes;
        List<Template> templates = reasons.apply(this::expandAll);
        CatalogueRules.check(entries, codes, templates);
        Map<PurposeVersion, Purpose> byVersion = new LinkedHashMap<>();
        Map<String, Purpose> byCode = new LinkedHashMap<>();
        templates.stream()
                .sorted(Comparator.comparing(template -> template.purpose().version()))
                .forEach(template -> {
                    byVersion.put(template.purpose().id(), template.purpose());
                    byCode.remove(template.purpose().code());
                    if (!template.withdrawn()) {
                        byCode.put(template.purpose().code(), template.purpose());
                    }
                });
        this.versions = Collections.unmodifiableMap(byVersion);
        this.purposes = Collections.unmodifiableMap(byCode);
    }

    /** As {@link #expand}; a star stands for everything. */
    private Set<AttributeName> expandAll(String scope) {
        return scope.equals("*") ? attributes.keySet() : expand(scope);
    }

    /** The attribute of this name, if there is one; containers have none, see {@link #expand}. */
    public Optional<Attribute> find(AttributeName name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** All attributes, in catalogue order: by group, as pages show them. */
    public Collection<Attribute> all() {
        return attributes.values();
    }

    /**
     * What a scope asks for: the attribute itself, or everything below a container such as {@code cpfbalances} or
     * {@code drivinglicence.qdl}, in catalogue order. Empty when the catalogue has neither.
     */
    public Set<AttributeName> expand(String scope) {
        return scopes.getOrDefault(scope, Set.of());
    }

    /** The same names, in catalogue order; names that the catalogue lacks are dropped. */
    public Set<AttributeName> inOrder(Set<AttributeName> names) {
        Set<AttributeName> sorted = new LinkedHashSet<>(attributes.keySet());
        sorted.retainAll(names);
        return Collections.unmodifiableSet(sorted);
    }

    /** The purpose with this code in its newest version; empty when it was withdrawn, or never was. */
    public Optional<Purpose> purpose(String code) {
        return Optional.ofNullable(purposes.get(code));
    }

    /** The purpose that a grant was given for, as it was then; withdrawn ones too. */
    public Optional<Purpose> purpose(PurposeVersion id) {
        return Optional.ofNullable(versions.get(id));
    }

    /** All purposes that can be asked for, each in its newest version. */
    public Collection<Purpose> purposes() {
        return purposes.values();
    }

    /** Every version of every purpose there ever was. */
    public Collection<Purpose> versions() {
        return versions.values();
    }

    /** What a code means: in table {@code Sex}, {@code F} is {@code FEMALE}. Empty when table or code is unknown. */
    public Optional<String> describe(String table, String code) {
        return Optional.ofNullable(codeTables.getOrDefault(table, Map.of()).get(code));
    }

    private static Map<String, Set<AttributeName>> scopes(Collection<AttributeName> names) {
        Map<String, Set<AttributeName>> found = new LinkedHashMap<>();
        for (AttributeName name : names) {
            String text = name.value();
            for (int dot = text.indexOf('.'); dot > 0; dot = text.indexOf('.', dot + 1)) {
                found.computeIfAbsent(text.substring(0, dot), container -> new LinkedHashSet<>())
                        .add(name);
            }
        }
        // After the containers, so that a name which is both means the attribute alone.
        names.forEach(name -> found.put(name.value(), Set.of(name)));
        found.replaceAll((scope, members) -> Collections.unmodifiableSet(members));
        return found;
    }

    private static InputStream file(String name) {
        return Objects.requireNonNull(
                Catalogue.class.getResourceAsStream("/catalogue/" + name), "the program holds no catalogue/" + name);
    }
}

package io.consentry.source;

import static io.consentry.source.Agencies.COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Leaf;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.NationalId;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every attribute of every invented person has exactly the catalogue's shape. */
@QuarkusTest
class SourceShapesTest {

    private static final Set<SourceId> WITHOUT_ADAPTER = Set.of(SourceId.MOE, SourceId.MOF, SourceId.MOH);
    private static final Set<String> METADATA = Set.of("classification", "source", "lastupdated", "unavailable");

    /** Leaves of an address that another form of address has. */
    private static final Set<String> LOCAL =
            Set.of("block", "building", "floor", "unit", "street", "postal", "country");

    @Inject
    Sources sources;

    @Inject
    Catalogue catalogue;

    @Inject
    @All
    List<Source> adapters;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    void closeBreakers() {
        breakers.resetAll();
    }

    @Test
    void everyAttributeOfASourceWithAnAdapterIsServedByItOnce() {
        Map<AttributeName, SourceId> owned = catalogue.all().stream()
                .filter(attribute -> !WITHOUT_ADAPTER.contains(attribute.source()))
                .collect(Collectors.toMap(Attribute::name, Attribute::source));

        Map<AttributeName, SourceId> served = adapters.stream()
                .flatMap(source -> source.items().stream().map(item -> Map.entry(item.attribute(), source.id())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(served).isEqualTo(owned).hasSizeGreaterThan(160);
    }

    @Test
    void everyFragmentOfEverybodyHasExactlyTheLeavesOfItsAttribute() {
        Set<AttributeName> everything = everything();
        for (NationalId person : Agencies.people()) {
            Fetched fetched = sources.fetch(person, everything);

            assertThat(fetched.findings()).containsOnlyKeys(everything);
            fetched.findings()
                    .forEach((name, finding) -> check(catalogue.find(name).orElseThrow(), finding));
        }
    }

    @Test
    void onlyPeopleWhoseAgenciesMisbehaveLackAnything() {
        Set<String> lacking = new TreeSet<>();
        for (NationalId person : Agencies.people()) {
            sources.fetch(person, everything()).findings().forEach((name, finding) -> {
                if (finding instanceof Finding.Unavailable
                        || finding instanceof Finding.Malformed
                        || finding instanceof Finding.TimedOut) {
                    lacking.add(person.value() + " "
                            + catalogue.find(name).orElseThrow().source());
                }
            });
        }

        assertThat(lacking)
                .containsExactlyInAnyOrder(
                        Agencies.taggedWith("iras-down").value() + " IRAS",
                        Agencies.taggedWith("cpfb-slow").value() + " CPFB",
                        Agencies.taggedWith("hdb-nonsense").value() + " HDB",
                        Agencies.taggedWith("cpfb-other-person").value() + " CPFB");
    }

    @Test
    void everyAttributeOfTheCompletePersonButDefunctOnesIsThere() {
        Map<AttributeName, Finding> findings =
                sources.fetch(COMPLETE, everything()).findings();

        long held = findings.values().stream()
                .filter(Finding.OnRecord.class::isInstance)
                .count();

        assertThat(held).isGreaterThan(100);
    }

    @Test
    void listsOfOneRecordKeepTheirOrderInEveryAttribute() {
        NationalId owner = Agencies.taggedWith("two-flats");

        Fetched fetched = sources.fetch(
                owner, names("hdbownership.purchaseprice", "hdbownership.address", "hdbownership.noofowners"));

        assertThat(at(fetched, "hdbownership.purchaseprice", "/hdbownership/0/purchaseprice/value")
                        .asText())
                .isEqualTo("855000.00");
        assertThat(at(fetched, "hdbownership.address", "/hdbownership/0/address/postal/value")
                        .asText())
                .isEqualTo("550662");
        assertThat(at(fetched, "hdbownership.address", "/hdbownership/1/address/postal/value")
                        .asText())
                .isEqualTo("160021");
        assertThat(at(fetched, "hdbownership.noofowners", "/hdbownership/1/noofowners/value")
                        .isIntegralNumber())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "two-flats", "children", "sponsored-child"})
    void recordsOfOneListHaveTheSameNumberAndDatesInEveryAttribute(String tag) {
        Fetched fetched = sources.fetch(Agencies.taggedWith(tag), everything());

        Map<String, Set<List<String>>> dates = new HashMap<>();
        fetched.findings().forEach((name, finding) -> {
            Attribute attribute = catalogue.find(name).orElseThrow();
            if (attribute.shape().isList() && finding instanceof Finding.OnRecord held) {
                List<String> told = held.fragment()
                        .path(attribute.container())
                        .valueStream()
                        .map(entry -> entry.path("lastupdated").asText())
                        .toList();
                dates.computeIfAbsent(attribute.container(), list -> new HashSet<>())
                        .add(told);
            }
        });
        assertThat(dates).isNotEmpty();
        assertThat(dates.values()).allMatch(kinds -> kinds.size() == 1);
    }

    @Test
    void ofAGrownChildOnlyTheNumberIsTold() {
        NationalId parent = Agencies.taggedWith("children");

        Fetched fetched = sources.fetch(parent, names("childrenbirthrecords.name", "childrenbirthrecords.birthcertno"));

        JsonNode names = at(fetched, "childrenbirthrecords.name", "/childrenbirthrecords");
        JsonNode numbers = at(fetched, "childrenbirthrecords.birthcertno", "/childrenbirthrecords");
        assertThat(names).hasSameSizeAs(numbers).hasSize(3);
        assertThat(names.get(1).has("name")).isFalse();
        assertThat(names.get(1).path("source").asText()).isEqualTo("1");
        assertThat(numbers.get(1).at("/birthcertno/value").asText()).isNotEmpty();
    }

    @Test
    void contactDetailsAreVerifiedBySingpassAndSplitAsFormsNeedThem() {
        Fetched fetched = sources.fetch(COMPLETE, names("mobileno"));

        JsonNode mobile = at(fetched, "mobileno", "/mobileno");
        assertThat(mobile.path("source").asText()).isEqualTo("4");
        assertThat(mobile.at("/prefix/value").asText()).isEqualTo("+");
        assertThat(mobile.at("/areacode/value").asText()).isEqualTo("65");
        assertThat(mobile.at("/nbr/value").asText()).hasSize(8);
    }

    private void check(Attribute attribute, Finding finding) {
        switch (finding) {
            case Finding.OnRecord(ObjectNode fragment, var lastUpdated) -> {
                assertThat(leaves(fragment, "")).isSubsetOf(dotted(attribute));
                assertThat(missing(attribute, fragment)).isEmpty();
                assertThat(lastUpdated).isPresent();
            }
            case Finding.NoRecord(ObjectNode fragment) -> {
                assertThat(leaves(fragment, "")).isEmpty();
                checkAbsence(attribute, fragment, "1", "4");
            }
            case Finding.NotApplicable(ObjectNode fragment) -> checkAbsence(attribute, fragment, "3");
            case Finding.Unavailable ignored -> {}
            case Finding.Malformed ignored -> throw new AssertionError(attribute.name() + " is malformed");
            case Finding.TimedOut ignored -> {}
        }
    }

    /** An envelope that tells why nothing is in it, or an empty list. */
    private static void checkAbsence(Attribute attribute, ObjectNode fragment, String... provenance) {
        String envelope = attribute.shape().envelopeAt();
        JsonNode at = fragment.at("/" + envelope.replace("[]", "").replace(".", "/"));
        if (envelope.endsWith("[]")) {
            assertThat(at.isArray() && at.isEmpty())
                    .as("%s is an empty list", attribute.name())
                    .isTrue();
        } else {
            assertThat(at.path("source").asText()).isIn((Object[]) provenance);
            assertThat(at.path("classification").asText()).isEqualTo("C");
            assertThat(at.has("lastupdated")).isTrue();
            assertThat(at.path("unavailable").asBoolean()
                            || at.path("value").asText("x").isEmpty()
                            || at.path("code").asText("x").isEmpty())
                    .isTrue();
        }
    }

    /** Leaves that a held attribute lacks though neither the form of address nor a grown child explains it. */
    private static Set<String> missing(Attribute attribute, ObjectNode fragment) {
        String text = fragment.toString();
        Set<String> found = leaves(fragment, "");
        return attribute.shape().leaves().stream()
                .filter(leaf -> !(text.contains("\"type\":\"SG\"") && last(leaf).startsWith("line")))
                .filter(leaf -> !(text.contains("\"Unformatted\"") && LOCAL.contains(last(leaf))))
                .filter(leaf -> !hasEmptyList(fragment))
                .map(Leaf::dotted)
                .filter(path -> !found.contains(path))
                .filter(path -> !isGrownChild(fragment))
                .collect(Collectors.toSet());
    }

    private static boolean isGrownChild(ObjectNode fragment) {
        return Stream.of("childrenbirthrecords", "sponsoredchildrenrecords")
                .anyMatch(list -> fragment.path(list).size() == 1
                        && fragment.path(list).get(0).size() == 3);
    }

    private static boolean hasEmptyList(JsonNode node) {
        return (node.isArray() && node.isEmpty())
                || (node.isContainerNode() && node.valueStream().anyMatch(SourceShapesTest::hasEmptyList));
    }

    /** The last named part before {@code value} or {@code code}. */
    private static String last(Leaf leaf) {
        return leaf.path().get(leaf.path().size() - 2);
    }

    private static Set<String> dotted(Attribute attribute) {
        return attribute.shape().leaves().stream().map(Leaf::dotted).collect(Collectors.toSet());
    }

    private static Set<String> leaves(JsonNode node, String at) {
        Set<String> found = new TreeSet<>();
        switch (node) {
            case ArrayNode list -> list.forEach(element -> found.addAll(leaves(element, at + "[]")));
            case ObjectNode object ->
                object.properties().forEach(member -> {
                    if (!METADATA.contains(member.getKey())) {
                        String path = at.isEmpty() ? member.getKey() : at + "." + member.getKey();
                        found.addAll(leaves(member.getValue(), path));
                    }
                });
            default -> found.add(at);
        }
        return found;
    }

    private Set<AttributeName> everything() {
        return adapters.stream()
                .flatMap(source -> source.items().stream())
                .map(Item::attribute)
                .collect(Collectors.toSet());
    }

    private static JsonNode at(Fetched fetched, String name, String pointer) {
        return ((Finding.OnRecord) fetched.finding(new AttributeName(name)))
                .fragment()
                .at(pointer);
    }

    private static Set<AttributeName> names(String... names) {
        return Stream.of(names).map(AttributeName::new).collect(Collectors.toSet());
    }
}

package io.consentry.source;

import static io.consentry.source.Agencies.COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.LeafType;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.NationalId;
import io.consentry.requirement.Requirement;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every value of every agency's answer, broken in every way: it costs the attributes that need it, and no others. */
@QuarkusTest
class MalformedValuesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What no value of any agency can be. */
    private static final Map<String, UnaryOperator<JsonNode>> NEVER = never();

    @Inject
    Catalogue catalogue;

    @Inject
    @All
    List<Source> adapters;

    @Test
    @Requirement("CX-5")
    void whateverIsBrokenCostsTheAttributesThatNeedItAndNoOthers() throws IOException {
        Set<String> tried = new HashSet<>();
        for (Misread agency : agencies()) {
            Map<AttributeName, Finding> right = agency.read(agency.bytes());
            for (List<String> place : agency.places(tried)) {
                for (Map.Entry<String, UnaryOperator<JsonNode>> kind : NEVER.entrySet()) {
                    ObjectNode answer = agency.tree();
                    JsonNode wrong = kind.getValue().apply(Misread.at(answer, place));
                    Misread.put(answer, place, wrong);

                    Map<AttributeName, Finding> read = agency.read(answer);

                    Set<AttributeName> needing = agency.needing(place);
                    Map<AttributeName, Finding> expected = new HashMap<>(right);
                    needing.forEach(name -> expected.put(name, new Finding.Malformed()));
                    assertThat(read).as("%s of %s", kind.getKey(), place).isEqualTo(expected);
                    assertThat(agency.malformed).hasSameSizeAs(needing);
                }
            }
        }
        assertThat(tried).hasSizeGreaterThan(200);
    }

    /** Empty, overlong, negative, of a day or a code that does not exist: some values can be so, and then it is sent on. */
    @Test
    void aValueThatMayBeSoIsSentOnAsItIsAndNoOtherChanges() throws IOException {
        Set<String> tried = new HashSet<>();
        for (Misread agency : agencies()) {
            Map<AttributeName, Finding> right = agency.read(agency.bytes());
            for (List<String> place : agency.places(tried)) {
                JsonNode told = Misread.at(agency.tree(), place);
                for (JsonNode odd : odd(told)) {
                    ObjectNode answer = agency.tree();
                    Misread.put(answer, place, odd);

                    Map<AttributeName, Finding> read = agency.read(answer);

                    Set<AttributeName> needing = agency.needing(place);
                    Map<AttributeName, Finding> others = new HashMap<>(right);
                    others.keySet().removeAll(needing);
                    assertThat(read).as("%s at %s", odd, place).containsAllEntriesOf(others);
                    needing.stream()
                            .filter(name -> !Objects.equals(read.get(name), right.get(name)))
                            .forEach(name -> holdsToldOrNothing(read, name, odd, place));
                }
            }
        }
    }

    private void holdsToldOrNothing(
            Map<AttributeName, Finding> read, AttributeName name, JsonNode odd, List<String> place) {
        switch (read.get(name)) {
            case Finding.Malformed none -> {}
            case Finding.OnRecord held -> {
                assertThat(odd.isNumber())
                        .as("%s is negative at %s", odd, place)
                        .isFalse();
                String text = odd.asText();
                if (!text.isEmpty()) {
                    assertThat(held.fragment().toString())
                            .as("%s at %s", odd, place)
                            .contains(text);
                    assertThat(catalogue.find(name).orElseThrow().shape().leaves())
                            .as("%s at %s", odd, place)
                            .anyMatch(leaf -> leaf.type() == LeafType.TEXT);
                }
            }
            case null, default -> throw new AssertionError(name + " became something else of " + odd + " at " + place);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ica, births/#0/asAt, ''",
        "ica, births/#0/asAt, 31-02-2026",
        "ica, births/#0/birthDate, ''",
        "ica, births/#0/birthDate, 2026-02-30",
        "ica, births/#0/birthTime, 2460",
        "ica, person/recordStatus, SOMETHING_NEW",
        "ica, person/recordStatus, ''",
        "ica, person/nricFin, S9812381A",
        "ica, person/principalName, ''",
        "ica, passport/expiryDate, 2026-13-01",
        "cpfb, ordinaryAccount/statementDate, ''",
        "cpfb, ordinaryAccount/statementDate, +12026-05-04",
        "cpfb, contributions/ledger/#0/paidOn, ''",
        "cpfb, contributions/ledger/#0/forMonth, 202613",
        "cpfb, contributions/ledger/#0/forMonth, 1202601",
        "iras, latest/postedOn, ''",
        "iras, latest/postedOn, 20260504Z",
        "iras, latest/assessment/ya, 26",
        "iras, latest/assessment/type, GUESSED",
        "hdb, flats/#0/extractDate, 31/02/2026",
        "hdb, flats/#0/leaseStart, 29/02/2025",
        "hdb, flats/#0/loanBalance, -1.00",
        "lta, vehicles/#0/recordDate, 31-Feb-2026",
        "lta, vehicles/#0/coeExpiry, 31-Feb-2026",
        "lta, vehicles/#0/coeExpiry, 04-may-2026",
        "lta, vehicles/#0/ownedSince, 2026-02-30T09:30:00+08:00",
        "tp, licence/asOf, 31.02.2026",
        "msf, register/solemnisedOn, 2026-02-30",
        "singpass, mobile/verifiedAt, 2026-05-04",
        "singpass, mobile/e164, 80001234",
        "singpass, email/address, nobody",
    })
    void aTextThatIsNoneOfWhatItShouldBeIsMalformed(String name, String place, String text) throws IOException {
        malformedAt(name, List.of(place.split("/")), JSON.textNode(text));
    }

    @ParameterizedTest
    @CsvSource({
        "hdb, flats/#0/loanLeft/months, -1",
        "hdb, flats/#0/loanLeft/months, 100000",
        "hdb, flats/#0/owners, -2",
        "cpfb, ordinaryAccount/balanceCents, -1",
        "cpfb, contributions/ledger/#0/cents, -1",
        "iras, latest/assessment/employment, -0.01",
        "tp, licence/demeritPoints, -1",
        "lta, vehicles/#0/unladenKg, -1305",
        "lta, vehicles/#0/emissionCarbonDioxide, -128",
    })
    void aNumberThatCannotBeIsMalformed(String name, String place, BigDecimal number) throws IOException {
        malformedAt(name, List.of(place.split("/")), JSON.numberNode(number));
    }

    @Test
    void aGroupThatIsNoneOrIsNotThereIsMalformed() throws IOException {
        Misread ica = agency("ica", COMPLETE);
        ObjectNode without = ica.tree();
        without.remove("passport");

        Map<AttributeName, Finding> read = ica.read(without);

        assertThat(read.get(new AttributeName("passportnumber"))).isInstanceOf(Finding.Malformed.class);
        assertThat(read.get(new AttributeName("name"))).isInstanceOf(Finding.OnRecord.class);
        malformedAt("ica", List.of("passport"), JSON.nullNode());
    }

    @Test
    void whoHasNothingAndYetHasSomethingIsNotBelieved() throws IOException {
        Misread cpfb = agency("cpfb", COMPLETE);
        ObjectNode answer = cpfb.tree();
        answer.withObject("/ordinaryAccount").put("accountStatus", "NO_ACCOUNT");

        Map<AttributeName, Finding> read = cpfb.read(answer);

        assertThat(read.get(new AttributeName("cpfbalances.oa"))).isInstanceOf(Finding.Malformed.class);
        assertThat(read.get(new AttributeName("cpfbalances.ma"))).isInstanceOf(Finding.OnRecord.class);
    }

    @Test
    void bytesThatAreNoUtf8CostTheValueTheyStandIn() throws IOException {
        Misread ica = agency("ica", COMPLETE);
        for (String broken : List.of(
                "\u00c3", "\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080")) {
            byte[] body = new String(ica.bytes(), StandardCharsets.ISO_8859_1)
                    .replace("CHEN HUIWEN", "CHEN " + broken)
                    .getBytes(StandardCharsets.ISO_8859_1);

            Map<AttributeName, Finding> read = ica.read(body);

            assertThat(read.get(new AttributeName("hanyupinyinname"))).isEqualTo(new Finding.Malformed());
            assertThat(read.get(new AttributeName("name"))).isInstanceOf(Finding.OnRecord.class);
        }
    }

    @Test
    void whatExceedsTheCatalogueIsSentOnAndRemarkedUpon() throws IOException {
        String name = "N".repeat(65) + "\uD83D\uDE00\uD83D\uDE00";
        Misread ica = agency("ica", COMPLETE);
        ObjectNode person = ica.tree();
        person.withObject("/person").put("principalName", name).put("marriedName", "\uD83D\uDE00".repeat(66));
        Misread tp = agency("tp", COMPLETE);
        ObjectNode licence = tp.tree();
        Misread.put(licence, List.of("licence", "qualifiedClasses", "#0", "licenceClass"), JSON.textNode("3CA"));

        Map<AttributeName, Finding> read = ica.read(person);

        assertThat(value(read, "name", "/name/value")).isEqualTo(name);
        assertThat(ica.overlong).containsExactly(Map.entry("name", 67));
        assertThat(value(tp.read(licence), "drivinglicence.qdl.classes", "/drivinglicence/qdl/classes/0/class/value"))
                .isEqualTo("3CA");
        assertThat(tp.overlong).containsExactly(Map.entry("drivinglicence.qdl.classes", 3));
    }

    private void malformedAt(String name, List<String> place, JsonNode wrong) throws IOException {
        Misread agency = agency(name, COMPLETE);
        Map<AttributeName, Finding> right = new HashMap<>(agency.read(agency.bytes()));
        ObjectNode answer = agency.tree();
        Misread.put(answer, place, wrong);

        Map<AttributeName, Finding> read = agency.read(answer);

        Set<AttributeName> needing = agency.needing(place);
        assertThat(needing).isNotEmpty();
        needing.forEach(each -> right.put(each, new Finding.Malformed()));
        assertThat(read).isEqualTo(right);
    }

    private List<Misread> agencies() throws IOException {
        List<Misread> agencies = new ArrayList<>();
        for (NationalId person : List.of(
                COMPLETE,
                Agencies.taggedWith("employment-pass"),
                Agencies.taggedWith("sponsored-child"),
                Agencies.taggedWith("children"))) {
            for (Source source : adapters) {
                agencies.add(new Misread(source, person, catalogue));
            }
        }
        return agencies;
    }

    private Misread agency(String name, NationalId person) throws IOException {
        Source source = adapters.stream()
                .filter(adapter -> adapter.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new Misread(source, person, catalogue);
    }

    private static String value(Map<AttributeName, Finding> read, String name, String pointer) {
        Finding.OnRecord held = (Finding.OnRecord) Objects.requireNonNull(read.get(new AttributeName(name)));
        return held.fragment().at(pointer).asText();
    }

    private static Map<String, UnaryOperator<JsonNode>> never() {
        Map<String, UnaryOperator<JsonNode>> kinds = new LinkedHashMap<>();
        kinds.put("null", told -> JSON.nullNode());
        kinds.put("truth", told -> told.isBoolean() ? JSON.textNode("true") : JSON.booleanNode(true));
        kinds.put("another type", told -> told.isTextual() ? JSON.numberNode(7) : JSON.textNode("7"));
        kinds.put("an object", told -> JSON.objectNode().put("surprise", 1));
        kinds.put("a list of lists", told -> JSON.arrayNode().add(JSON.arrayNode()));
        kinds.put("half a character", told -> broken(told, "\uD83D"));
        kinds.put("the other half", told -> broken(told, "\uDE00"));
        kinds.put("a replaced character", told -> broken(told, "\uFFFD"));
        kinds.put("a control character", told -> broken(told, "\u0000"));
        kinds.put("a new line", told -> broken(told, "\n"));
        kinds.put("a line separator", told -> broken(told, "\u2028"));
        kinds.put("no character", told -> broken(told, "\uFFFE"));
        kinds.put("an endless number", told -> JSON.numberNode(new BigDecimal("1e999999999")));
        return kinds;
    }

    private static JsonNode broken(JsonNode told, String by) {
        return JSON.textNode(told.asText() + by);
    }

    private static List<JsonNode> odd(JsonNode told) {
        if (told.isNumber()) {
            return List.of(JSON.numberNode(-1), JSON.numberNode(-0.5));
        }
        return told.isTextual()
                ? List.of(
                        JSON.textNode(""),
                        JSON.textNode("ZZZZ9"),
                        JSON.textNode("31-Feb-2026"),
                        JSON.textNode("L".repeat(5000)),
                        JSON.textNode("\u9673\u6167\u6587 \uD83D\uDE00"))
                : List.of();
    }
}

package io.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.kernel.GrantId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of consents in open formats: valid, complete, and without a value. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ConsentRecordsTest {

    private static final String CLARISSA = "S9812381D";

    /** Nobody else's, so that all records are a few, whatever other tests have done. */
    private static final String QUIET = "S8317290H";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DPV = "https://w3id.org/dpv#";

    @Inject
    Consents consents;

    @ParameterizedTest
    @ValueSource(strings = {"presented", "refused", "active", "narrowed", "paused", "withdrawn", "revoked"})
    @Requirement("CX-EXPORT-1")
    void theRecordIsValidByItsSchemaInEveryState(String state) throws IOException {
        TestResident resident = TestResident.signIn(CLARISSA);
        String grant = inState(state, resident);

        JsonNode plain = record(resident, grant, "application/json").is(200).json();
        JsonNode linked = record(resident, grant, "application/ld+json").is(200).json();

        assertThat(faults("consent-record.json", plain)).isEmpty();
        assertThat(faults("consent-record-27560.json", linked)).isEmpty();
        assertThat(plain.path("header").path("grant_id").asText()).isEqualTo(grant);
    }

    @Test
    @Requirement("CX-EXPORT-1")
    void theRecordTellsWhatWasAskedDecidedAndDone() {
        ClientFlow flow = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name email race")
                .untilToken(CLARISSA, "race");
        String grant = flow.fetch().grantId();
        TestResident resident = TestResident.signIn(CLARISSA);
        resident.narrow(grant, "email").is(204);
        resident.withdraw(grant).is(204);

        JsonNode record = record(resident, grant, "application/json").json();

        JsonNode header = record.path("header");
        assertThat(header.path("status").asText()).isEqualTo("withdrawn");
        assertThat(header.path("version").asInt()).isEqualTo(2);
        assertThat(record.path("purpose").path("purpose_code").asText()).isEqualTo("account_opening");
        assertThat(record.path("purpose").path("template_version").asInt()).isEqualTo(1);
        assertThat(record.path("retention").path("retention_period").asText()).isEqualTo("P5Y");
        assertThat(record.path("retention").path("delete_within").asText()).isEqualTo("P30D");
        assertThat(record.path("recipients").isEmpty()).isTrue();
        assertThat(record.path("decisions").path(0).path("previous_record_id").asText())
                .isEqualTo(record.path("decisions").path(1).path("record_id").asText());
        Map<String, String> decided = new HashMap<>();
        record.path("pii_information")
                .forEach(pii -> decided.put(
                        pii.path("attribute_id").asText(),
                        pii.path("necessity").asText() + " "
                                + pii.path("subject_decision").asText()));
        assertThat(decided)
                .isEqualTo(
                        Map.of("name", "required granted", "email", "required declined", "race", "optional declined"));
        assertThat(record.path("events"))
                .extracting(event -> event.path("event_type").asText())
                .containsExactly("withdrawn", "amended", "superseded", "released", "granted", "presented");
        JsonNode withdrawn = record.path("events").path(0);
        assertThat(withdrawn.path("entity_role").asText()).isEqualTo("person");
        assertThat(withdrawn.path("reason_code").asText()).isEqualTo("person_withdrew");
        assertThat(withdrawn.path("ledger").path("leaf_hash").asText()).hasSize(44);
    }

    @Test
    @Requirement("CX-EXPORT-2")
    void aRecordHoldsNoValueAndNoOtherNameOfThePersonThanTheClientsOwn() {
        ClientFlow flow = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid uinfin name email mobileno regadd dob")
                .untilToken(CLARISSA);
        String grant = flow.fetch().grantId();
        TestResident resident = TestResident.signIn(CLARISSA);

        for (String type : List.of("application/json", "application/ld+json")) {
            String body = record(resident, grant, type).body();
            assertThat(body)
                    .doesNotContain(CLARISSA, "CLARISSA", "TAN HUI WEN", "Kestrel", "760548", "1998-03-14")
                    .contains(subject(flow));
        }
        assertThat(resident.call("GET", "/consents/export").send().is(200).body())
                .doesNotContain(CLARISSA, "CLARISSA", "TAN HUI WEN", "Kestrel", "760548", "1998-03-14");
    }

    @Test
    @Requirement("CX-EXPORT-3")
    void theLinkedRecordIsReadByAnybodyWithoutAskingAnybody() throws Exception {
        TestResident resident = TestResident.signIn(CLARISSA);
        String grant = inState("withdrawn", resident);
        String text = record(resident, grant, "application/ld+json").body();

        JsonNode expanded = JSON.readTree(expand(text).toString()).path(0);

        assertThat(expanded.path("@type").path(0).asText()).isEqualTo(DPV + "ConsentRecord");
        List<String> statuses = new ArrayList<>();
        expanded.path(DPV + "hasConsentStatus")
                .forEach(status -> statuses.add(status.path("@type").path(0).asText()));
        assertThat(statuses).containsExactly(DPV + "ConsentRequested", DPV + "ConsentGiven", DPV + "ConsentWithdrawn");
        JsonNode process = expanded.path(DPV + "hasProcess").path(0);
        assertThat(process.path(DPV + "hasPersonalData").size()).isEqualTo(2);
        assertThat(process.path(DPV + "hasPersonalData")
                        .path(0)
                        .path(DPV + "hasNecessity")
                        .path(0)
                        .path("@id")
                        .asText())
                .isEqualTo(DPV + "Required");
        assertThat(expanded.path("http://purl.org/dc/terms/conformsTo")
                        .path(0)
                        .path("@id")
                        .asText())
                .isEqualTo("https://w3id.org/dpv/schema/dpv-27560#record");
        assertThat(membersOf(JSON.readTree(text)))
                .as("every member means something: expansion drops what has no meaning")
                .isEqualTo(membersOf(expanded));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '', application/json",
        "application/ld+json, '', application/ld+json",
        "'application/json;q=0.5, application/ld+json', '', application/ld+json",
        "*/*, '', application/json",
        "text/html, ?format=jsonld, 406",
        "'text/html, */*;q=0.8', ?format=jsonld, application/ld+json",
        "*/*, ?format=json, application/json",
        "*/*, ?format=pdf, 400",
        "application/pdf, '', 406",
    })
    @Requirement("CX-EXPORT-1")
    void theFormIsThatWhichWasAskedFor(String accept, String query, String expected) {
        TestResident resident = TestResident.signIn(CLARISSA);
        String grant = inState("active", resident);

        Answer answer = resident.call("GET", "/consents/" + grant + "/record" + query)
                .header("Accept", accept)
                .send();

        if (expected.contains("/")) {
            assertThat(answer.is(200).header("Content-Type").orElseThrow()).startsWith(expected);
            assertThat(answer.header("Content-Disposition").orElseThrow()).startsWith("attachment");
            assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        } else {
            assertThat(answer.status()).isEqualTo(Integer.parseInt(expected));
        }
    }

    @Test
    @Requirement("CX-EXPORT-1")
    void allRecordsTogetherAreValidByTheirSchema() throws IOException {
        TestResident resident = TestResident.signIn(QUIET);
        inState("active", resident, QUIET);
        inState("refused", resident, QUIET);

        JsonNode export =
                resident.call("GET", "/consents/export").send().is(200).json();

        assertThat(faults("consent-export.json", export)).isEmpty();
        assertThat(export.path("records").size()).isEqualTo(resident.consents().size());
    }

    @Test
    @Requirement("CX-EXPORT-1")
    void allRecordsTogetherAreThereInJsonLdAsWell() throws IOException {
        TestResident resident = TestResident.signIn(QUIET);
        inState("active", resident, QUIET);

        JsonNode linked = resident.call("GET", "/consents/export?format=jsonld")
                .send()
                .is(200)
                .json();

        assertThat(linked.size()).isEqualTo(resident.consents().size());
        for (JsonNode record : linked) {
            assertThat(faults("consent-record-27560.json", record)).isEmpty();
        }
        resident.call("GET", "/consents/export?format=pdf").send().isProblem(400, "invalid_parameter");
    }

    @Test
    void thereIsNoSchemaOfAnotherName() {
        for (String name : List.of("nonsense.json", "..%2Fapplication.properties", "%00")) {
            assertThat(Call.to("GET", "/schemas/" + name).send().status())
                    .as(name)
                    .isIn(400, 404);
        }
    }

    @Test
    @Requirement("CX-EXPORT-1")
    void aRecordThatIsBrokenIsNotValid() throws IOException {
        TestResident resident = TestResident.signIn(CLARISSA);
        String grant = inState("active", resident);
        JsonNode plain = record(resident, grant, "application/json").json();

        ((ObjectNode) plain.path("header")).putNull("record_id");
        ((ObjectNode) plain).put("value", "anything");

        assertThat(faults("consent-record.json", plain)).hasSizeGreaterThanOrEqualTo(2);
    }

    private String inState(String state, TestResident resident) {
        return inState(state, resident, CLARISSA);
    }

    private String inState(String state, TestResident resident, String uinfin) {
        TestClient bank = TestClient.ready("harbour-bank");
        if (state.equals("refused")) {
            bank.flow().asking("openid name race").push().refuse(uinfin);
            return resident.newestGrant();
        }
        if (state.equals("presented")) {
            var visit = Visit.as(uinfin);
            visit.get(Visit.asked("plain-lender"));
            return resident.newestGrant();
        }
        String grant = bank.flow().asking("openid name race").wholeFlow(uinfin).grantId();
        switch (state) {
            case "narrowed" -> resident.narrow(grant, "race").is(204);
            case "paused" -> resident.act(grant, "pause").is(204);
            case "withdrawn" -> resident.withdraw(grant).is(204);
            case "revoked" -> consents.revoke(GrantId.parse(grant), Reason.FRAUD_SUSPECTED);
            default -> assertThat(state).isEqualTo("active");
        }
        return grant;
    }

    private static Answer record(TestResident resident, String grant, String accept) {
        return resident.call("GET", "/consents/" + grant + "/record")
                .header("Accept", accept)
                .send();
    }

    /** What the client knows the person by. */
    private static String subject(ClientFlow flow) {
        String claims = flow.idToken().split("\\.")[1];
        return new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8)
                .replaceAll(".*\"sub\":\"([^\"]+)\".*", "$1");
    }

    /** By the schema as it is served, against the schemas of the service alone. */
    private static Set<ValidationMessage> faults(String schema, JsonNode document) throws IOException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(
                        Map.of("urn:consentry:schema:consent-record:1.0", served("consent-record.json")))));
        JsonSchema validator = factory.getSchema(JSON.readTree(served(schema)));
        assertThat(factory.getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()))
                        .validate(JSON.readTree(served(schema))))
                .as("the schema itself")
                .isEmpty();
        return validator.validate(document);
    }

    private static String served(String schema) {
        Answer answer = Call.to("GET", "/schemas/" + schema).send().is(200);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/schema+json");
        return answer.body();
    }

    private static JsonArray expand(String text) throws JsonLdError {
        var options = new JsonLdOptions((url, ignored) -> {
            throw new AssertionError("asks " + url);
        });
        return JsonLd.expand(JsonDocument.of(new StringReader(text)))
                .options(options)
                .get();
    }

    /** How often each member occurs, by the last part of its name. */
    private static Map<String, Long> membersOf(JsonNode node) {
        List<String> names = new ArrayList<>();
        collect(node, names);
        return names.stream().collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static void collect(JsonNode node, List<String> names) {
        if (node.isArray()) {
            node.forEach(each -> collect(each, names));
        }
        Set<String> keywords = new HashSet<>(List.of("@context", "@id", "@type", "@value", "@list"));
        node.properties().stream()
                .filter(member -> !keywords.contains(member.getKey()))
                .forEach(member -> {
                    names.add(member.getKey().replaceAll(".*[:/#]", ""));
                    collect(member.getValue(), names);
                });
    }
}

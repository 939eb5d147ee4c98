package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.catalogue.Catalogue;
import io.consentry.kernel.AttributeName;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a record: all that was granted, nothing else, and the truth about the rest (promises 3 and 5). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RecordTest {

    private static final List<String> AGENCIES =
            List.of("ica", "msf", "singpass", "ura", "hdb", "iras", "cpfb", "lta", "tp");

    @Inject
    Catalogue catalogue;

    private TestClient bank;

    @BeforeEach
    void findBank() {
        bank = TestClient.ready("harbour-bank");
    }

    @AfterEach
    void everyAgencyBehavesAgain() {
        AGENCIES.forEach(agency -> Call.to("DELETE", "/sandbox/agencies/" + agency + "/fault")
                .send()
                .is(204));
    }

    @Test
    @Requirement("CX-3")
    void aRecordNamesItselfItsGrantAndItsEntry() {
        ClientFlow flow = bank.flow();

        ReceivedRecord record = flow.wholeFlow(ClientFlow.COMPLETE);

        JsonNode claims = record.claims();
        assertThat(names(claims)).containsExactlyInAnyOrder("iss", "sub", "aud", "iat", "person_info", "consent");
        assertThat(claims.path("iss").asText()).isEqualTo(Service.issuer());
        assertThat(claims.path("aud").asText()).isEqualTo("harbour-bank");
        assertThat(claims.path("iat").asLong())
                .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 1);
        JsonNode consent = claims.path("consent");
        assertThat(names(consent)).contains("grant_id", "record_id", "purpose", "outcomes", "ledger");
        assertThat(consent.path("purpose").asText()).isEqualTo("account_opening");
        assertThat(names(consent.path("ledger"))).containsExactlyInAnyOrder("origin", "leaf_hash");
    }

    @Test
    @Requirement("CX-1")
    void everyReleaseHasItsEntryInThePersonsHistory() {
        ReceivedRecord record = bank.flow().asking("openid name email").wholeFlow(ClientFlow.COMPLETE);

        JsonNode newest = newestEntry();

        assertThat(newest.path("event").asText()).isEqualTo("released");
        assertThat(newest.path("grant_id").asText()).isEqualTo(record.grantId());
        assertThat(newest.path("leaf_hash").asText())
                .isEqualTo(record.claims()
                        .path("consent")
                        .path("ledger")
                        .path("leaf_hash")
                        .asText());
        assertThat(newest.path("outcomes").path("name").asText()).isEqualTo("released");
    }

    /** C13: over random requests, people and refusals, what leaves is what was requested less what was declined. */
    @Test
    @Requirement("CX-3")
    void aRecordHoldsExactlyWhatWasGranted() {
        long seed = Long.getLong("consentry.seed", System.nanoTime());
        var random = new Random(seed);
        int rounds = Effort.of(40, 400);
        List<TestClient> clients = List.of(bank, TestClient.ready("plain-lender"), TestClient.ready("orchard-finance"));
        List<String> people = healthyPeople();
        for (int round = 0; round < rounds; round++) {
            TestClient client = clients.get(random.nextInt(clients.size()));
            String person = people.get(random.nextInt(people.size()));
            Set<String> asked = some(random, attributes(client.scope()), 1);
            Set<String> declined = some(random, intersection(asked, optional(client.id())), 0);

            ReceivedRecord record = client.flow()
                    .asking("openid " + String.join(" ", asked))
                    .wholeFlow(person, declined.toArray(String[]::new));

            assertThat(record.outcomes().keySet())
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(asked);
            assertThat(record.with("withheld_by_person"))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(declined);
            var granted = new TreeSet<>(asked);
            granted.removeAll(declined);
            holdsNothingBeside(record, granted, "seed " + seed + ", round " + round);
        }
    }

    /** Every path of the record is one that the catalogue names for a granted attribute, or Myinfo's metadata beside it. */
    private void holdsNothingBeside(ReceivedRecord record, Set<String> granted, String when) {
        Set<String> allowed = granted.stream()
                .flatMap(name -> catalogue.find(new AttributeName(name)).orElseThrow().shape().leaves().stream())
                .map(leaf -> String.join(".", leaf.path()).replace("[]", ""))
                .collect(Collectors.toSet());
        for (String path : leaves("", record.personInfo())) {
            String parent = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
            boolean metadata = Set.of("classification", "source", "lastupdated", "unavailable")
                            .contains(path.substring(path.lastIndexOf('.') + 1))
                    && allowed.stream().anyMatch(leaf -> leaf.startsWith(parent + "."));
            assertThat(allowed.contains(path) || metadata)
                    .as(when + ": " + path)
                    .isTrue();
        }
    }

    @Test
    @Requirement("CX-3")
    void whatWasDeclinedIsAbsentAndSaidToBeSo() {
        ReceivedRecord record = bank.flow()
                .asking("openid name race cpfbalances")
                .wholeFlow(ClientFlow.COMPLETE, "race", "cpfbalances");

        assertThat(record.with("released")).containsExactly("name");
        assertThat(record.with("withheld_by_person"))
                .containsExactly("cpfbalances.ma", "cpfbalances.oa", "cpfbalances.ra", "cpfbalances.sa", "race");
        assertThat(names(record.personInfo())).containsExactly("name");
    }

    @Test
    @Requirement("CX-3")
    void whatIsNotOptionalCannotBeDeclinedAndTheRequestStaysOpen() {
        ClientFlow flow = bank.flow().asking("openid name race").push();

        flow.decision(ClientFlow.COMPLETE, "approve", "name").send().isProblem(400, "not_optional");
        flow.decision(ClientFlow.COMPLETE, "approve", "email").send().isProblem(400, "not_optional");

        flow.approve(ClientFlow.COMPLETE, "race");
    }

    @Test
    void aGrantOfNothingButTheSignInReleasesNothing() {
        ReceivedRecord record = bank.flow().asking("openid").wholeFlow(ClientFlow.COMPLETE);

        assertThat(record.outcomes()).isEmpty();
        assertThat(record.personInfo()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "down, source_unavailable",
        "error, source_unavailable",
        "nonsense, source_unavailable",
        "other_person, source_unavailable",
        "oversized, source_unavailable",
        "slow, source_timeout",
    })
    @Requirement("CX-5")
    void anAgencyThatFailsCostsItsOwnAttributesOnly(String kind, String outcome) {
        ClientFlow flow =
                bank.flow().asking("openid name email noa-basic cpfbalances.oa").untilToken(ClientFlow.COMPLETE);
        misbehave("cpfb", kind);

        ReceivedRecord record = flow.fetch();

        assertThat(record.outcomes()).containsEntry("cpfbalances.oa", outcome);
        assertThat(record.with("released")).containsExactly("email", "name", "noa-basic");
        assertThat(record.personInfo().has("cpfbalances")).isFalse();
        behave("cpfb");
        assertThat(flow.fetch().outcomes()).containsEntry("cpfbalances.oa", "released");
    }

    @Test
    @Requirement("CX-5")
    void aValueThatCannotBeReadCostsItselfAndIsSaidToBeSo() {
        ClientFlow flow = bank.flow().asking("name uinfin dob email").untilToken(ClientFlow.COMPLETE);
        malform("ica", "/person/birthDate", "\"2026-02-30\"");

        ReceivedRecord record = flow.fetch();

        assertThat(record.outcomes()).containsEntry("dob", "source_malformed");
        assertThat(record.with("released")).containsExactly("email", "name", "uinfin");
        assertThat(record.personInfo().has("dob")).isFalse();
        assertThat(record.claims().path("consent").path("retry_after")).isEmpty();
        assertThat(newestEntry().path("outcomes").path("dob").asText()).isEqualTo("source_malformed");
    }

    @Test
    @Requirement("CX-5")
    void halfACharacterIsNotReleasedAsAQuestionMark() {
        ClientFlow flow = bank.flow().asking("name sex").untilToken(ClientFlow.COMPLETE);
        malform("ica", "/person/principalName", "\"ABC\\ud83dDEF\"");

        ReceivedRecord record = flow.fetch();

        assertThat(record.outcomes()).containsEntry("name", "source_malformed");
        assertThat(record.with("released")).containsExactly("sex");
        assertThat(record.claims().toString()).doesNotContain("ABC");
    }

    @Test
    @Requirement("CX-5")
    void anAgencyThatIsDownSaysWhenToComeBack() {
        ClientFlow flow = bank.flow().asking("name noa-basic").untilToken(ClientFlow.COMPLETE);
        misbehave("iras", "down");

        JsonNode wait = flow.fetch().claims().path("consent").path("retry_after");

        assertThat(names(wait)).containsExactly("noa-basic");
        assertThat(wait.path("noa-basic").asLong()).isPositive();
    }

    @Test
    @Requirement("CX-3")
    void whatAnAgencyReturnsBeyondTheQuestionIsDropped() {
        ClientFlow flow = bank.flow().asking("name sex").untilToken(ClientFlow.COMPLETE);
        misbehave("ica", "over_return");

        ReceivedRecord record = flow.fetch();

        assertThat(record.with("released")).containsExactly("name", "sex");
        assertThat(names(record.personInfo())).containsExactlyInAnyOrder("name", "sex");
        assertThat(record.claims().toString()).doesNotContain("officer", "keep an eye");
    }

    @Test
    @Requirement("CX-5")
    void noRecordIsNotTheSameAsNoAnswer() {
        String without = tagged("no-noa");

        ReceivedRecord record = bank.flow().asking("name noa-basic").wholeFlow(without);

        assertThat(record.outcomes())
                .containsEntry("noa-basic", "record_not_found")
                .containsEntry("name", "released");
    }

    @Test
    @Requirement("CX-5")
    void withEveryAgencyDownTheRecordSaysSoAndIsRecorded() {
        ClientFlow flow = bank.flow().asking("name email noa-basic").untilToken(ClientFlow.COMPLETE);
        AGENCIES.forEach(agency -> misbehave(agency, "down"));

        ReceivedRecord record = flow.fetch();

        assertThat(record.with("source_unavailable")).containsExactly("email", "name", "noa-basic");
        assertThat(record.personInfo()).isEmpty();
    }

    private static JsonNode newestEntry() {
        return TestResident.signIn(ClientFlow.COMPLETE)
                .call("GET", "/activity?limit=1")
                .send()
                .json()
                .path(0);
    }

    private List<String> healthyPeople() {
        List<String> found = new ArrayList<>();
        for (JsonNode person : Call.to("GET", "/sandbox/personas").send().json()) {
            boolean ill = false;
            for (JsonNode tag : person.path("tags")) {
                ill |= AGENCIES.stream().anyMatch(agency -> tag.asText().startsWith(agency + "-"));
            }
            if (!ill) {
                found.add(person.path("uinfin").asText());
            }
        }
        return found;
    }

    private static String tagged(String tag) {
        for (JsonNode person : Call.to("GET", "/sandbox/personas").send().json()) {
            for (JsonNode one : person.path("tags")) {
                if (one.asText().equals(tag)) {
                    return person.path("uinfin").asText();
                }
            }
        }
        throw new AssertionError("nobody is " + tag);
    }

    private Set<String> attributes(String scope) {
        return Arrays.stream(scope.split(" "))
                .flatMap(one -> catalogue.expand(one).stream())
                .map(AttributeName::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> optional(String client) {
        for (JsonNode one : Call.to("GET", "/sandbox/clients").send().json()) {
            if (one.path("client_id").asText().equals(client)) {
                return attributes(one.path("optional_scope").asText());
            }
        }
        throw new AssertionError(client);
    }

    private static Set<String> intersection(Set<String> some, Set<String> others) {
        var both = new TreeSet<>(some);
        both.retainAll(others);
        return both;
    }

    private static Set<String> some(Random random, Set<String> all, int atLeast) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        int size = atLeast + random.nextInt(shuffled.size() - atLeast + 1);
        return new TreeSet<>(shuffled.subList(0, size));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> leaves(String path, JsonNode node) {
        List<String> found = new ArrayList<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> found.addAll(leaves(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue())));
        } else if (node.isArray()) {
            node.forEach(element -> found.addAll(leaves(path, element)));
        } else {
            found.add(path);
        }
        return found;
    }

    private static void malform(String agency, String at, String value) {
        Call.json(
                        "PUT",
                        "/sandbox/agencies/" + agency + "/fault",
                        "{\"kind\":\"malformed\",\"at\":\"" + at + "\",\"value\":" + value + "}")
                .send()
                .is(204);
    }

    private static void misbehave(String agency, String kind) {
        Answer answer = Call.json("PUT", "/sandbox/agencies/" + agency + "/fault", "{\"kind\":\"" + kind + "\"}")
                .send();
        answer.is(204);
    }

    private static void behave(String agency) {
        Call.to("DELETE", "/sandbox/agencies/" + agency + "/fault").send().is(204);
    }
}

package io.consentry.resident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.History;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RecordedEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is told of a grant, on any page, by the API, in a copy or to the bank, says what its ledger events say. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class OneCountTest {

    private static final String PERSON = "S6133472F";
    private static final String SCOPE = "openid name dob sex nationality regadd race marital hanyupinyinname";
    private static final List<String> OPTIONAL = List.of("race", "marital", "hanyupinyinname");
    private static final Pattern SUMMARY = Pattern.compile("<summary class=\"small tally\">([^<]*)</summary>");

    @Inject
    Consents consents;

    @Inject
    History history;

    private Visit visit;
    private TestResident resident;
    private ClientFlow flow;
    private String page = "";
    private String grant = "";

    @BeforeEach
    void signIn() {
        visit = Visit.as(PERSON);
        resident = TestResident.signIn(PERSON);
        flow = TestClient.ready("harbour-bank").flow().asking(SCOPE);
    }

    @AfterEach
    void everyAgencyBehavesAgain() {
        Call.to("DELETE", "/sandbox/agencies/ica/fault").send().is(204);
    }

    @Test
    @Requirement("CX-RES-12")
    void approvingEverything() {
        approve(OPTIONAL);

        assertThat(last(EventKind.GRANTED)).containsOnlyKeys("granted").containsEntry("granted", 8L);
        everybodySaysSo();
    }

    @Test
    @Requirement("CX-RES-12")
    void approvingWhatIsRequiredAlone() {
        approve(List.of());

        assertThat(last(EventKind.GRANTED)).containsEntry("granted", 5L).containsEntry("declined", 3L);
        everybodySaysSo();
        assertThat(visit.get("/me/consents/" + grant).asString())
                .contains("approved: 5 · kept to yourself: 3", "shared: 5 · kept to yourself: 3")
                .doesNotContain("8 facts</summary>");
    }

    @Test
    @Requirement("CX-RES-12")
    void aReleaseWithASourceDown() {
        Call.json("PUT", "/sandbox/agencies/ica/fault", "{\"kind\":\"down\"}")
                .send()
                .is(204);

        approve(List.of("marital"));

        assertThat(last(EventKind.RELEASED)).containsKey("source_unavailable");
        everybodySaysSo();
    }

    @Test
    @Requirement("CX-RES-12")
    void takingSomethingBackAndThenEverything() {
        approve(List.of("marital", "race"));
        visit.send(
                "/me/consents/" + grant + "/narrow", "/me/consents/" + grant + "/narrow", Map.of("without", "marital"));

        assertThat(last(EventKind.AMENDED)).containsEntry("granted", 6L).containsEntry("declined", 2L);
        everybodySaysSo();

        resident.withdraw(grant).is(204);
        everybodySaysSo();
    }

    @Test
    @Requirement("CX-RES-12")
    void askingForAChangeCountsWhatIsNew() {
        TestClient wealth = TestClient.ready("merlion-wealth");
        flow = wealth.flow().asking("openid name email");
        approve(List.of());
        ClientFlow more = wealth.flow().asking("openid marital");
        more.pushed(more.amending("merge", grant));
        visit.get(URI.create(more.authorize().send().is(303).header("Location").orElseThrow())
                .getPath());

        assertThat(last(EventKind.AMENDMENT_REQUESTED).get("kept"))
                .isEqualTo(last(EventKind.GRANTED).get("granted"));
        assertThat(last(EventKind.AMENDMENT_REQUESTED).entrySet().stream()
                        .filter(each -> !each.getKey().equals("kept"))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .isEqualTo(1);
        sameSummaries();
    }

    private void approve(List<String> share) {
        page = URI.create(flow.push()
                        .authorize()
                        .send()
                        .is(303)
                        .header("Location")
                        .orElseThrow())
                .getPath();
        Response answer = visit.send(page, page, Map.of("decision", "approve", "share", share));
        assertThat(flow.returned(URI.create(answer.header("Location")))).containsKey("code");
        grant = flow.redeem().text("grant_id");
        ReceivedRecord record = flow.fetch();
        assertThat(counted(record.outcomes().values())).isEqualTo(last(EventKind.RELEASED));
    }

    /** Every number on every page, against the events. */
    private void everybodySaysSo() {
        Map<String, Long> decided = decided();
        long approved = decided.getOrDefault("granted", 0L);
        long declined = decided.getOrDefault("declined", 0L);
        String words = (declined == 0 ? "" : approved + " of ") + (approved + declined) + " facts approved";
        long releases = events().stream()
                .filter(event -> event.kind() == EventKind.RELEASED)
                .count();

        assertThat(visit.get(page).asString()).as("after the decision").contains(words);
        assertThat(card())
                .as("all consents")
                .contains(words + (isActive() ? ", until" : "."))
                .contains("Fetched once");
        sameSummaries();
        String own = visit.get("/me/consents/" + grant).asString();
        assertThat(own.substring(own.indexOf("id=\"what\"")).split("<li>", -1).length - 1)
                .as("what they may fetch")
                .isGreaterThanOrEqualTo(Math.toIntExact(approved));
        JsonNode told = resident.told(grant, "");
        assertThat(told.path("attributes")).hasSize(Math.toIntExact(approved));
        assertThat(told.path("declined")).hasSize(Math.toIntExact(declined));
        assertThat(told.path("release_count").asLong()).isEqualTo(releases);
        JsonNode newest = resident.told(grant, "/versions").path(0);
        assertThat(newest.path("attributes")).hasSize(Math.toIntExact(approved));
        assertThat(newest.path("declined")).hasSize(Math.toIntExact(declined));
        JsonNode copy = resident.told(grant, "/record");
        assertThat(counted(values(copy.path("pii_information"), "subject_decision")))
                .isEqualTo(decided);
        assertThat(copy.path("decisions")
                        .path(copy.path("decisions").size() - 1)
                        .path("granted"))
                .hasSizeBetween(Math.toIntExact(approved), Math.toIntExact(approved + declined));
        for (JsonNode event :
                resident.call("GET", "/activity?limit=100").send().is(200).json()) {
            if (event.path("grant_id").asText().equals(grant)) {
                var outcomes = new ArrayList<String>();
                event.path("outcomes").forEach(outcome -> outcomes.add(outcome.asText()));
                assertThat(counted(outcomes))
                        .isIn(events().stream().map(OneCountTest::counts).toList());
            }
        }
    }

    /** What stands beside each event on the grant's page and in the activity, in the order of the events. */
    private void sameSummaries() {
        List<String> expected = events().stream()
                .map(LedgerEvent::outcomes)
                .filter(outcomes -> !outcomes.isEmpty())
                .map(outcomes -> (long) outcomes.size())
                .map(String::valueOf)
                .toList();
        for (String address : List.of("/me/consents/" + grant, "/me/activity?grant=" + grant)) {
            List<String> sums = summaries(visit.get(address).asString()).stream()
                    .map(OneCountTest::sum)
                    .map(String::valueOf)
                    .toList();
            assertThat(sums).as(address).isEqualTo(expected);
        }
    }

    private static List<String> summaries(String html) {
        return SUMMARY.matcher(html).results().map(found -> found.group(1)).toList();
    }

    /** The numbers in a summary such as {@code shared: 5 · kept to yourself: 3}. */
    private static long sum(String summary) {
        Matcher number = Pattern.compile(": (\\d+)").matcher(summary);
        return number.results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private String card() {
        for (String card : visit.get("/me").asString().split("<li class=\"card consent\">", -1)) {
            if (card.contains("/me/consents/" + grant + "\"")) {
                return card;
            }
        }
        throw new AssertionError("the grant is not among the consents");
    }

    private boolean isActive() {
        return resident.status(grant).equals("active");
    }

    /** What the newest decision says. */
    private Map<String, Long> decided() {
        return events().stream()
                .filter(event -> event.kind() == EventKind.GRANTED || event.kind() == EventKind.AMENDED)
                .findFirst()
                .map(OneCountTest::counts)
                .orElseThrow();
    }

    private Map<String, Long> last(EventKind kind) {
        return events().stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .map(OneCountTest::counts)
                .orElseThrow();
    }

    /** The grant's events as the ledger has them, newest first. */
    private List<LedgerEvent> events() {
        GrantId id = GrantId.parse(grant);
        PersonId person = ((Consent.Given) consents.find(id).orElseThrow()).person();
        return history.of(person, id, 100).stream().map(RecordedEvent::event).toList();
    }

    private static Map<String, Long> counts(LedgerEvent event) {
        return counted(event.outcomes().values());
    }

    private static Map<String, Long> counted(Iterable<String> outcomes) {
        var all = new ArrayList<String>();
        outcomes.forEach(all::add);
        return all.stream().collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
    }

    private static List<String> values(JsonNode list, String member) {
        var values = new ArrayList<String>();
        list.forEach(each -> values.add(each.path(member).asText()));
        return values;
    }
}

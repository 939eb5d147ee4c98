package io.consentry.me;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The person's own API: for whoever is signed in, about nobody else, and what it does holds at once. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ResidentApiTest {

    private static final String SOMEBODY = "S6133472F";
    private static final String SOMEBODY_ELSE = "S0417725H";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"?next\"?");

    @Inject
    TestClock clock;

    @ParameterizedTest
    @CsvSource({
        "GET, /consents",
        "GET, /consents/00000000-0000-0000-0000-000000000000",
        "POST, /consents/00000000-0000-0000-0000-000000000000/withdraw",
        "POST, /consents/00000000-0000-0000-0000-000000000000/pause",
        "POST, /consents/00000000-0000-0000-0000-000000000000/resume",
        "GET, /consents/00000000-0000-0000-0000-000000000000/versions",
        "GET, /consents/00000000-0000-0000-0000-000000000000/releases",
        "GET, /consents/00000000-0000-0000-0000-000000000000/events",
        "GET, /consents/00000000-0000-0000-0000-000000000000/obligations",
        "GET, /consents/00000000-0000-0000-0000-000000000000/record",
        "GET, /consents/export",
        "GET, /activity",
        "GET, /activity/counts",
    })
    @Requirement("CX-RES-1")
    void withoutASessionNothingIsTold(String method, String path) {
        TestResident resident = TestResident.signIn(SOMEBODY);
        String name = resident.cookie().substring(0, resident.cookie().indexOf('=') + 1);
        char last = resident.cookie().charAt(resident.cookie().length() - 2);
        String tampered =
                resident.cookie().substring(0, resident.cookie().length() - 2) + (last == 'A' ? 'B' : 'A') + "A";

        Call.to(method, "/api/me" + path).send().isProblem(401, "sign_in_required");
        for (String cookie : List.of(
                tampered, name, name + "x", name + "\"\"", name + "%00", name + "A".repeat(4000), "other=1", "=")) {
            Call.to(method, "/api/me" + path).header("Cookie", cookie).send().isProblem(401, "sign_in_required");
        }
        assertThat(resident.call("GET", "/consents").send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{\"attributes\": 7}", "{\"attributes\": [\"email\"]}"})
    @Requirement("CX-RES-1")
    void withoutASessionNoBodyIsJudged(String body) {
        Call.json("POST", "/api/me/consents/00000000-0000-0000-0000-000000000000/narrow", body)
                .send()
                .isProblem(401, "sign_in_required");
    }

    /** Its form comes without the cookie, and must not take it away; one that lies about its origin changes nothing. */
    @Test
    @Requirement("CX-RES-3")
    void anotherSiteSignsNobodyOut() {
        TestResident resident = TestResident.signIn(SOMEBODY);

        for (Map.Entry<String, String> from : List.of(
                Map.entry("Origin", "https://elsewhere.example"),
                Map.entry("Origin", "null"),
                Map.entry("Sec-Fetch-Site", "cross-site"),
                Map.entry("Sec-Fetch-Site", "same-site"))) {
            for (String cookie : List.of("", resident.cookie())) {
                Answer answer = Call.to("POST", "/sign-out")
                        .header("Cookie", cookie)
                        .header(from.getKey(), from.getValue())
                        .with("csrf", "x")
                        .send();
                assertThat(answer.status()).as(from.toString()).isEqualTo(403);
                assertThat(answer.header("Set-Cookie")).as(from.toString()).isEmpty();
            }
        }
        Answer saysNothing =
                Call.to("POST", "/sign-out").with("csrf", "x").send().is(303);
        assertThat(saysNothing.header("Set-Cookie")).isEmpty();
        resident.call("GET", "/consents").send().is(200);
    }

    @Test
    @Requirement("CX-RES-1")
    void onesOwnSignOutEndsTheSessionForGood() {
        TestResident resident = TestResident.signIn(SOMEBODY);
        String page = Call.to("GET", "/me")
                .header("Cookie", resident.cookie())
                .send()
                .is(200)
                .body();
        String csrf = page.replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");

        Answer answer = Call.to("POST", "/sign-out")
                .header("Cookie", resident.cookie())
                .with("csrf", csrf)
                .send()
                .is(303);

        assertThat(answer.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        resident.call("GET", "/consents").send().isProblem(401, "sign_in_required");
    }

    @Test
    @Requirement("CX-RES-1")
    void aSessionEndsAfterItsHour() {
        TestResident resident = TestResident.signIn(SOMEBODY);

        clock.advance(Duration.ofMinutes(61));

        resident.call("GET", "/consents").send().isProblem(401, "sign_in_required");
    }

    @Test
    void aConsentIsShownWithAllThatAPersonShouldKnow() {
        Instant before = Instant.now();
        ClientFlow flow = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name email race")
                .untilToken(SOMEBODY, "race");
        TestResident resident = TestResident.signIn(SOMEBODY);

        JsonNode fresh = resident.newest();

        assertThat(fresh.path("client_id").asText()).isEqualTo("harbour-bank");
        assertThat(fresh.path("client_name").asText()).isEqualTo("Harbour Bank");
        assertThat(fresh.path("purpose").asText()).isEqualTo("account_opening");
        assertThat(fresh.path("status").asText()).isEqualTo("active");
        assertThat(texts(fresh.path("attributes"))).containsExactlyInAnyOrder("name", "email");
        assertThat(Instant.parse(fresh.path("granted_at").asText())).isAfter(before.minusSeconds(1));
        assertThat(Instant.parse(fresh.path("expires_at").asText())).isAfter(before);
        assertThat(fresh.path("last_release_at").isNull()).isTrue();
        ReceivedRecord record = flow.fetch();
        JsonNode used = resident.newest();
        assertThat(used.path("grant_id").asText()).isEqualTo(record.grantId());
        assertThat(Instant.parse(used.path("last_release_at").asText())).isAfter(before);
        assertThat(resident.call("GET", "/consents/" + record.grantId())
                        .send()
                        .is(200)
                        .json())
                .isEqualTo(used);
    }

    @Test
    @Requirement("CX-RES-2")
    void anotherPersonsGrantIsNotThereInTheSameWordsAsOneThatNeverWas() {
        ReceivedRecord record =
                TestClient.ready("harbour-bank").flow().asking("openid name").wholeFlow(SOMEBODY);
        TestResident other = TestResident.signIn(SOMEBODY_ELSE);

        for (String act : List.of(
                "GET ",
                "GET /versions",
                "GET /releases",
                "GET /events",
                "GET /obligations",
                "GET /record",
                "GET /record?format=jsonld",
                "POST /withdraw",
                "POST /pause",
                "POST /resume",
                "POST /narrow")) {
            String method = act.substring(0, act.indexOf(' '));
            String path = "/consents/%s" + act.substring(act.indexOf(' ') + 1);
            List<String> bodies = new ArrayList<>();
            for (String grant :
                    List.of(record.grantId(), UUID.randomUUID().toString(), "not-a-grant", "%00", "1-1-1-1-1")) {
                Call call = other.call(method, path.formatted(grant));
                Answer answer = act.endsWith("narrow")
                        ? call.header("Content-Type", "application/json")
                                .body("{\"attributes\":[\"name\"]}")
                                .send()
                        : call.send();
                answer.isProblem(404, "grant_not_found");
                bodies.add(answer.body().replaceAll("\"trace_id\":\"[0-9a-f]+\"", ""));
            }
            assertThat(new HashSet<>(bodies)).hasSize(1);
        }
        assertThat(other.consents().toString()).doesNotContain(record.grantId());
        assertThat(other.call("GET", "/activity?limit=100").send().body()).doesNotContain(record.grantId());
        TestResident owner = TestResident.signIn(SOMEBODY);
        assertThat(owner.newest().path("status").asText()).isEqualTo("active");
    }

    @Test
    @Requirement("CX-2")
    void aWithdrawalIsFinalAtOnce() {
        ClientFlow flow =
                TestClient.ready("harbour-bank").flow().asking("openid name").untilToken(SOMEBODY);
        String grant = flow.fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);

        assertThat(resident.withdraw(grant).is(204).body()).isEmpty();

        flow.userinfo().send().isRefused(401, "invalid_token", "consent_withdrawn");
        assertThat(resident.withdraw(grant).is(204).body())
                .as("again, the answer was lost")
                .isEmpty();
        assertThat(resident.newest().path("status").asText()).isEqualTo("withdrawn");
    }

    @Test
    void aRefusedRequestCannotBeWithdrawn() {
        TestClient.ready("harbour-bank").flow().asking("openid name").push().refuse(SOMEBODY);
        TestResident resident = TestResident.signIn(SOMEBODY);

        JsonNode refused = resident.newest();
        assertThat(refused.path("status").asText()).isEqualTo("refused");
        resident.withdraw(refused.path("grant_id").asText()).isProblem(409, "consent_already_ended");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:8080",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, nonsense",
    })
    @Requirement("CX-RES-3")
    void anotherSiteCannotWithdrawNorSignIn(String header, String value) {
        String grant = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name")
                .wholeFlow(SOMEBODY)
                .grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);

        resident.call("POST", "/consents/" + grant + "/withdraw")
                .header(header, value)
                .send()
                .isProblem(403, "csrf_refused");
        TestResident.signingIn(SOMEBODY).header(header, value).send().isProblem(403, "csrf_refused");

        assertThat(resident.newest().path("status").asText()).isEqualTo("active");
    }

    @Test
    @Requirement("CX-RES-3")
    void ourOwnPageCanWithdraw() {
        String grant = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name")
                .wholeFlow(SOMEBODY)
                .grantId();

        TestResident.signIn(SOMEBODY)
                .call("POST", "/consents/" + grant + "/withdraw")
                .header("Origin", Service.base())
                .header("Sec-Fetch-Site", "same-origin")
                .send()
                .is(204);
    }

    @Test
    void aWithdrawalIsAPost() {
        String grant = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name")
                .wholeFlow(SOMEBODY)
                .grantId();

        TestResident.signIn(SOMEBODY)
                .call("GET", "/consents/" + grant + "/withdraw")
                .send()
                .isProblem(405, "method_not_allowed");
    }

    @Test
    @Requirement("CX-RES-4")
    void theActivityTellsTheWholeLifeOfAGrantNewestFirst() {
        ClientFlow flow = TestClient.ready("harbour-bank")
                .flow()
                .asking("openid name race")
                .untilToken(SOMEBODY_ELSE, "race");
        String grant = flow.fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY_ELSE);
        resident.withdraw(grant).is(204);
        flow.userinfo().send().is(401);

        List<JsonNode> events = new ArrayList<>();
        resident.call("GET", "/activity").send().is(200).json().forEach(event -> {
            if (event.path("grant_id").asText().equals(grant)) {
                events.add(event);
            }
        });

        assertThat(events)
                .extracting(event -> event.path("event").asText())
                .containsExactly("release_refused", "withdrawn", "released", "granted", "presented");
        assertThat(events)
                .isSortedAccordingTo(
                        (one, other) -> Instant.parse(other.path("at").asText())
                                .compareTo(Instant.parse(one.path("at").asText())));
        assertThat(events).allMatch(event -> event.path("client_id").asText().equals("harbour-bank"));
        JsonNode outcomes = events.get(2).path("outcomes");
        assertThat(outcomes.path("name").asText()).isEqualTo("released");
        assertThat(outcomes.path("race").asText()).isEqualTo("withheld_by_person");
        assertThat(events.getFirst().path("reason").asText()).isEqualTo("consent_withdrawn");
    }

    /** So that whoever kept an old count, or a receipt of one event, notices another that is hidden. */
    @Test
    @Requirement("CX-6")
    void theActivityNumbersAPersonsEventsAndSaysHowManyThereAre() {
        TestClient.ready("harbour-bank").flow().asking("openid name").wholeFlow(SOMEBODY);
        TestResident resident = TestResident.signIn(SOMEBODY);

        JsonNode counts =
                resident.call("GET", "/activity/counts").send().is(200).json();
        List<Long> numbers = new ArrayList<>();
        resident.call("GET", "/activity?limit=3")
                .send()
                .is(200)
                .json()
                .forEach(event -> numbers.add(event.get("number").asLong()));

        assertThat(counts)
                .singleElement()
                .satisfies(count -> assertThat(count.get("ledger_log").asInt()).isZero());
        long events = counts.get(0).get("events").asLong();
        assertThat(numbers).containsExactly(events, events - 1, events - 2);
    }

    @Test
    @Requirement("CX-RES-4")
    void theActivityIsReadPageByPageWithoutGapOrRepetition() {
        for (int i = 0; i < 3; i++) {
            TestClient.ready("harbour-bank").flow().asking("openid name").wholeFlow(SOMEBODY);
        }
        TestResident resident = TestResident.signIn(SOMEBODY);
        List<String> whole =
                hashes(resident.call("GET", "/activity?limit=100").send().json());

        List<String> paged = new ArrayList<>();
        String next = "/api/me/activity?limit=4";
        while (next != null && paged.size() < whole.size()) {
            Answer page = Call.to("GET", next)
                    .header("Cookie", resident.cookie())
                    .send()
                    .is(200);
            paged.addAll(hashes(page.json()));
            Matcher link = NEXT.matcher(page.header("Link").orElse(""));
            next = link.find() ? link.group(1) : null;
        }

        Set<String> distinct = new HashSet<>(paged);
        assertThat(distinct).hasSameSizeAs(paged);
        assertThat(paged.subList(0, whole.size())).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before=abc", "before=99999999999999999999", "limit=abc", "limit=1.5", "before=%00"})
    void aPageThatIsNoneIsRefused(String query) {
        TestResident.signIn(SOMEBODY).call("GET", "/activity?" + query).send().isProblem(400, "invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=-1", "limit=100000", "before=0", "before=-5", "before=9223372036854775807"})
    void aPageOfAnUnusualSizeIsCutToTheMeasure(String query) {
        Answer answer = TestResident.signIn(SOMEBODY)
                .call("GET", "/activity?" + query)
                .send()
                .is(200);

        assertThat(answer.json().size()).isLessThanOrEqualTo(100);
    }

    @Test
    @Requirement("CX-RES-5")
    void signingInReplacesTheSession() {
        TestResident before = TestResident.signIn(SOMEBODY);
        Answer signIn = TestResident.signingIn(SOMEBODY_ELSE)
                .header("Cookie", before.cookie())
                .send()
                .is(204);
        TestResident after = TestResident.from(signIn);

        assertThat(after.cookie()).isNotEqualTo(before.cookie());
        before.call("GET", "/consents").send().isProblem(401, "sign_in_required");
        assertThat(after.consents()).isNotNull();
    }

    @Test
    @Requirement("CX-RES-5")
    void aSessionThatSomebodyChoseIsNotTakenOver() {
        String planted = "consentry_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

        TestResident resident = TestResident.from(TestResident.signingIn(SOMEBODY)
                .header("Cookie", planted)
                .send()
                .is(204));

        assertThat(resident.cookie()).isNotEqualTo(planted);
        Call.to("GET", "/api/me/consents").header("Cookie", planted).send().isProblem(401, "sign_in_required");
    }

    @Test
    @Requirement("CX-RES-5")
    void theCookieIsKeptFromScriptsAndOtherSites() {
        String cookie =
                TestResident.signingIn(SOMEBODY).send().header("Set-Cookie").orElseThrow();

        assertThat(cookie)
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/")
                .doesNotContain("Domain");
        assertThat(Map.of("handle", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')))
                        .get("handle"))
                .hasSizeGreaterThanOrEqualTo(43);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> hashes(JsonNode events) {
        List<String> hashes = new ArrayList<>();
        events.forEach(event -> hashes.add(event.path("leaf_hash").asText()));
        return hashes;
    }
}

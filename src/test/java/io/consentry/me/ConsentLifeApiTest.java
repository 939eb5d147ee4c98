package io.consentry.me;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.client.Clients;
import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.kernel.GrantId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may do with a consent by their API, and what the API tells of its whole life. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ConsentLifeApiTest {

    private static final String SOMEBODY = "S9160042J";

    @Inject
    Consents consents;

    @Inject
    Clients clients;

    @Inject
    TestClock clock;

    @Test
    @Requirement("CX-RES-6")
    void nothingIsReleasedWhileAConsentIsPausedAndAllOfItAfterwards() {
        ClientFlow flow = flow("openid name");
        String grant = flow.fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);

        assertThat(resident.act(grant, "pause").is(204).body()).isEmpty();

        flow.userinfo().send().isRefused(401, "invalid_token", "consent_paused");
        JsonNode paused = resident.told(grant, "");
        assertThat(paused.path("status").asText()).isEqualTo("paused");
        assertThat(Instant.parse(paused.path("paused_at").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(paused.path("ended_at").isNull()).isTrue();
        resident.act(grant, "resume").is(204);
        assertThat(flow.fetch().grantId()).isEqualTo(grant);
        assertThat(resident.told(grant, "").path("paused_at").isNull()).isTrue();
    }

    @Test
    @Requirement("CX-RES-6")
    void whatIsTakenBackIsReleasedNoMoreAndTheRestGoesOn() {
        ClientFlow flow = flow("openid name email race");
        String grant = flow.fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);
        JsonNode first = resident.told(grant, "");

        resident.narrow(grant, "race", "email").is(204);

        JsonNode after = resident.told(grant, "");
        assertThat(texts(after.path("attributes"))).containsExactly("name");
        assertThat(after.path("generation").asInt()).isEqualTo(2);
        assertThat(after.path("record_id")).isNotEqualTo(first.path("record_id"));
        assertThat(after.path("granted_at")).as("when it was first given").isEqualTo(first.path("granted_at"));
        flow.fetch();
        JsonNode outcomes = resident.told(grant, "/releases").path(0).path("outcomes");
        assertThat(outcomes.path("name").asText()).isEqualTo("released");
        assertThat(outcomes.path("race").asText()).isEqualTo("withheld_by_person");
    }

    @Test
    @Requirement("CX-RES-8")
    void everyDecisionIsToldWithWhatItChanged() {
        String grant = flow("openid name email race", "race").fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);
        resident.narrow(grant, "email").is(204);

        JsonNode versions = resident.told(grant, "/versions");

        assertThat(versions.size()).isEqualTo(2);
        JsonNode newest = versions.path(0);
        JsonNode first = versions.path(1);
        assertThat(first.path("generation").asInt()).isEqualTo(1);
        assertThat(first.path("difference").isNull()).isTrue();
        assertThat(first.path("previous_record_id").isNull()).isTrue();
        assertThat(texts(first.path("declined"))).containsExactly("race");
        assertThat(newest.path("previous_record_id").asText())
                .isEqualTo(first.path("record_id").asText());
        assertThat(texts(newest.path("difference").path("removed"))).containsExactly("email");
        assertThat(newest.path("difference").path("added").isEmpty()).isTrue();
        assertThat(newest.path("difference").path("longer").asBoolean()).isFalse();
        assertThat(texts(newest.path("attributes"))).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"attributes\":[]}",
                "{\"attributes\":null}",
                "{}",
                "null",
                "",
                "{\"attributes\":[\"race\"]}",
                "{\"attributes\":[\"name\",\"email\"]}",
                "{\"attributes\":[\"email\",\"nonsense\"]}",
                "{\"attributes\":[\"<b>\"]}",
                "{\"attributes\":[\"\"]}",
                "{\"attributes\":[null]}",
                "{\"attributes\":[\"email\", null]}",
                "{\"attributes\":[\"email\", \"e..mail\"]}"
            })
    @Requirement("CX-RES-7")
    void onlyPartOfWhatWasGrantedCanBeTakenBack(String body) {
        String grant = flow("openid name email").fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);

        resident.call("POST", "/consents/" + grant + "/narrow")
                .header("Content-Type", "application/json")
                .body(body)
                .send()
                .isProblem(400, "invalid_parameter");

        JsonNode untouched = resident.told(grant, "");
        assertThat(untouched.path("generation").asInt()).isEqualTo(1);
        assertThat(texts(untouched.path("attributes"))).containsExactly("email", "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | [] | 400 | malformed_request",
                "application/json | {\"attributes\":{}} | 400 | malformed_request",
                "application/json | {\"attributes\": | 400 | malformed_request",
                "text/plain | name | 415 | unsupported_content_type",
            })
    void aBodyThatIsNoneIsRefused(String type, String body, int status, String code) {
        String grant = flow("openid name email").fetch().grantId();

        TestResident.signIn(SOMEBODY)
                .call("POST", "/consents/" + grant + "/narrow")
                .header("Content-Type", type)
                .body(body)
                .send()
                .isProblem(status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "withdrawn, pause, consent_already_ended",
        "withdrawn, resume, consent_already_ended",
        "withdrawn, narrow, consent_already_ended",
        "revoked, withdraw, consent_already_ended",
        "expired, pause, consent_already_ended",
        "expired, withdraw, consent_already_ended",
        "refused, pause, consent_already_ended",
        "refused, resume, consent_already_ended",
        "lapsed, withdraw, consent_already_ended",
        "lapsed, narrow, consent_already_ended",
        "presented, withdraw, consent_not_active",
        "presented, pause, consent_not_active",
        "presented, resume, consent_not_paused",
        "presented, narrow, consent_not_active",
    })
    @Requirement("CX-RES-7")
    void whatAStateDoesNotAllowIsRefusedAndChangesNothing(String state, String act, String code) {
        TestResident resident = TestResident.signIn(SOMEBODY);
        String grant = inState(state, resident);
        TestResident later = TestResident.signIn(SOMEBODY);
        JsonNode before = later.told(grant, "");
        JsonNode versions = later.told(grant, "/versions");
        assertThat(before.path("status").asText()).isEqualTo(state);

        Answer answer = act.equals("narrow") ? later.narrow(grant, "name") : later.act(grant, act);

        answer.isProblem(409, code);
        assertThat(later.told(grant, "/versions")).isEqualTo(versions);
        assertThat(later.told(grant, "").path("status")).isEqualTo(before.path("status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "narrow"})
    @Requirement("CX-RES-3")
    void anotherSiteCannotActForAPerson(String act) {
        String grant = flow("openid name email").fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);

        resident.call("POST", "/consents/" + grant + "/" + act)
                .header("Content-Type", "application/json")
                .header("Origin", "https://evil.example")
                .body("{\"attributes\":[\"name\"]}")
                .send()
                .isProblem(403, "csrf_refused");

        assertThat(resident.told(grant, "").path("status").asText()).isEqualTo("active");
    }

    @Test
    @Requirement("CX-RES-8")
    void everyReleaseAndEveryAttemptIsToldAndNothingElse() {
        ClientFlow flow = flow("openid name race", "race");
        String grant = flow.fetch().grantId();
        flow.fetch();
        TestResident resident = TestResident.signIn(SOMEBODY);
        resident.act(grant, "pause").is(204);
        flow.userinfo().send().is(401);

        JsonNode releases = resident.told(grant, "/releases");

        assertThat(releases)
                .extracting(event -> event.path("event").asText())
                .containsExactly("release_refused", "released", "released");
        assertThat(releases.path(0).path("reason").asText()).isEqualTo("consent_paused");
        assertThat(releases.path(1).path("outcomes").path("race").asText()).isEqualTo("withheld_by_person");
        Answer page =
                resident.call("GET", "/consents/" + grant + "/releases?limit=2").send();
        assertThat(page.json().size()).isEqualTo(2);
        String next = page.header("Link").orElseThrow().replaceAll(".*<([^>]+)>.*", "$1");
        assertThat(resident.call("GET", next.replaceFirst(".*/api/me", ""))
                        .send()
                        .json())
                .extracting(event -> event.path("leaf_hash").asText())
                .containsExactly(releases.path(2).path("leaf_hash").asText());
    }

    @Test
    @Requirement("CX-RES-8")
    void limitsAreToldAsTheTemplateOfTheRequestSetsThem() {
        TestClient.ready("plain-lender").flow().asking("openid name").wholeFlow(SOMEBODY);
        TestResident resident = TestResident.signIn(SOMEBODY);

        JsonNode consent = resident.newest();

        assertThat(consent.path("template_version").asInt()).isEqualTo(1);
        JsonNode limits = consent.path("limits");
        assertThat(limits.path("total").isNull()).isTrue();
        assertThat(limits.path("rate").path("releases").asInt()).isEqualTo(50);
        assertThat(Duration.parse(limits.path("rate").path("per").asText())).isEqualTo(Duration.ofDays(1));
        assertThat(limits.path("history").asText()).isEqualTo("P2Y");
    }

    @ParameterizedTest
    @CsvSource({
        "active, , ",
        "withdrawn, person, person_withdrew",
        "revoked, operator, court_order",
        "expired, service, access_period_over",
        "refused, person, person_refused",
        "lapsed, service, not_decided_in_time",
        "exhausted, service, last_permitted_release",
    })
    @Requirement("CX-RES-11")
    void itIsToldWhoEndedAConsentAndWhy(String state, String by, String reason) {
        String grant = inState(state, TestResident.signIn(SOMEBODY));

        JsonNode told = TestResident.signIn(SOMEBODY).told(grant, "");

        assertThat(told.path("status").asText()).isEqualTo(state);
        assertThat(told.path("ended_by").asText(null)).isEqualTo(by);
        assertThat(told.path("reason").asText(null)).isEqualTo(reason);
        assertThat(told.path("ended_at").isNull()).isEqualTo(by == null);
    }

    @Test
    @Requirement("CX-RES-8")
    void aClientThatFetchedMustDeleteByADayAndOneThatDidNotOwesNothing() {
        TestResident resident = TestResident.signIn(SOMEBODY);
        flow("openid name");
        String unused = resident.newestGrant();
        String used = flow("openid name").fetch().grantId();
        assertThat(resident.told(used, "/obligations").isEmpty()).isTrue();
        resident.withdraw(unused).is(204);
        resident.withdraw(used).is(204);

        assertThat(resident.told(unused, "/obligations").isEmpty()).isTrue();
        JsonNode duty = resident.told(used, "/obligations").path(0);
        assertThat(duty.path("state").asText()).isEqualTo("open");
        assertThat(Instant.parse(duty.path("due_at").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(30).minusMinutes(5)),
                        Instant.now().plus(Duration.ofDays(30)));
        clock.advance(Duration.ofDays(31));
        assertThat(TestResident.signIn(SOMEBODY)
                        .told(used, "/obligations")
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("overdue");
    }

    @Test
    @Requirement("CX-RES-8")
    void ofAConsentThatNobodyGaveThereIsNothingToTell() {
        TestResident resident = TestResident.signIn(SOMEBODY);
        String grant = inState("refused", resident);

        for (String part : List.of("/versions", "/releases", "/events", "/obligations")) {
            assertThat(resident.told(grant, part).isEmpty()).as(part).isTrue();
        }
    }

    @Test
    @Requirement("CX-RES-11")
    void aConsentThatWasTamperedWithIsToldAsWhatItIsAndObeysNobody() throws SQLException {
        String grant = flow("openid name email").fetch().grantId();
        TestResident resident = TestResident.signIn(SOMEBODY);
        sql("update consent set purpose = 'nonsense', granted = array_append(granted, 'race') where grant_id = '"
                + grant + "'");

        JsonNode told = resident.told(grant, "");

        assertThat(told.path("status").asText()).isEqualTo("damaged");
        assertThat(told.path("attributes").isEmpty()).isTrue();
        for (String act : List.of("withdraw", "pause", "resume")) {
            resident.act(grant, act).isProblem(409, "consent_not_active");
        }
        resident.narrow(grant, "name").isProblem(409, "consent_not_active");
        assertThat(resident.told(grant, "/record").path("header").path("status").asText())
                .isEqualTo("damaged");
    }

    /** A grant of the person in this state. */
    private String inState(String state, TestResident resident) {
        switch (state) {
            case "presented", "lapsed", "refused" -> {
                return undecided(state, resident);
            }
            case "exhausted" -> {
                TestClient shop = TestClient.registered(
                        clients,
                        metadata -> metadata.put("scope", "openid name")
                                .put("optional_scope", "")
                                .put("purpose", "age_check"));
                return shop.flow().asking("openid name").wholeFlow(SOMEBODY).grantId();
            }
            default -> {
                String grant = flow("openid name email").fetch().grantId();
                become(state, grant, resident);
                return grant;
            }
        }
    }

    private void become(String state, String grant, TestResident resident) {
        switch (state) {
            case "paused" -> resident.act(grant, "pause").is(204);
            case "withdrawn" -> resident.withdraw(grant).is(204);
            case "revoked" -> consents.revoke(GrantId.parse(grant), Reason.COURT_ORDER);
            case "expired" -> clock.advance(Duration.ofHours(25));
            default -> assertThat(state).isEqualTo("active");
        }
    }

    private String undecided(String state, TestResident resident) {
        if (state.equals("refused")) {
            TestClient.ready("harbour-bank").flow().asking("openid name").push().refuse(SOMEBODY);
            return resident.newestGrant();
        }
        Visit visit = Visit.as(SOMEBODY);
        visit.get(Visit.asked("plain-lender"));
        if (state.equals("lapsed")) {
            clock.advance(Duration.ofMinutes(16));
        }
        return TestResident.signIn(SOMEBODY).newestGrant();
    }

    private static ClientFlow flow(String scope, String... declined) {
        return TestClient.ready("harbour-bank").flow().asking(scope).untilToken(SOMEBODY, declined);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement each = superuser.createStatement()) {
            each.execute(statement);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

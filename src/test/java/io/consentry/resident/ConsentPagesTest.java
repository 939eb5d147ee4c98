package io.consentry.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.person.Persons;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.Visit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages on which a person sees a consent, and changes it. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ConsentPagesTest {

    private static final String SOMEBODY = "S8317290H";

    @Inject
    Consents consents;

    @Inject
    Clients clients;

    @Inject
    Persons persons;

    @Inject
    Ledger ledger;

    @Inject
    TestClock clock;

    @Test
    @Requirement("CX-RES-6")
    void pausingAndGoingOnTakeOneClickEach() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);

        Response paused = visit.send(page, page + "/pause", Map.of());
        String whilePaused = visit.get(page + "?done=paused").asString();
        Response resumed = visit.send(page, page + "/resume", Map.of());

        assertThat(paused.header("Location")).endsWith(page + "?done=paused");
        assertThat(whilePaused).contains("Paused. Nothing is shared", "Paused since", "Let it go on");
        assertThat(resumed.header("Location")).endsWith(page + "?done=resumed");
        assertThat(visit.get(page).asString()).contains("You paused it", "You let it go on", "In force");
    }

    @Test
    @Requirement("CX-RES-7")
    void anActThatComesTooLateChangesNothingAndShowsHowThingsStand() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);
        String other = approved(visit);
        visit.send(page, page + "/withdraw", Map.of());

        for (String act : List.of("/pause", "/resume")) {
            Response late = visit.send(other, page + act, Map.of());
            assertThat(late.statusCode()).as(act).isEqualTo(303);
            assertThat(late.header("Location")).as(act).endsWith(page);
        }
        assertThat(visit.send(other, page + "/withdraw", Map.of()).header("Location"))
                .as("the same act gets the same answer")
                .endsWith(page + "?done=withdrawn");
        assertThat(visit.get(page).asString())
                .contains("You took this consent back")
                .doesNotContain("You paused it");
        assertThat(visit.get(page + "?done=withdrawn").asString())
                .as("said once")
                .contains("Withdrawn. Nothing more is shared")
                .doesNotContain("You took this consent back");
    }

    @Test
    @Requirement("CX-RES-7")
    void aConsentInForceIsNotSaidToHaveEnded() {
        Visit visit = Visit.as(SOMEBODY);

        assertThat(visit.get(approved(visit)).asString()).doesNotContain("class=\"alert\" role=\"note\"");
    }

    @Test
    void anAddressCannotClaimThatSomethingWasDone() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);

        for (String lie : List.of("withdrawn", "paused", "<b>", "nonsense")) {
            assertThat(visit.get(page + "?done=" + lie).asString()).doesNotContain("role=\"status\"");
        }
    }

    @Test
    @Requirement("CX-RES-6")
    void singleFactsAreTickedAndTakenBackAndTheChangeIsShown() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);
        String form = visit.get(page + "/narrow").asString();

        Response done = visit.send(page + "/narrow", page + "/narrow", Map.of("without", List.of("email", "mobileno")));
        String after = visit.get(page).asString();

        assertThat(form)
                .contains("name=\"without\" value=\"email\"", "name=\"without\" value=\"regadd\"")
                .doesNotContain(" checked");
        assertThat(done.header("Location")).endsWith(page + "?done=narrowed");
        assertThat(after)
                .contains("Your decisions", "Taken back: Email address, Mobile number")
                .doesNotContain("<li>Email address</li>");
        assertThat(visit.get(page + "?done=narrowed").asString()).contains("Taken back. What you ticked");
    }

    @Test
    @Requirement("CX-RES-7")
    void nothingAndEverythingCannotBeTakenBackAsSingleFacts() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);

        Response nothing = visit.send(page + "/narrow", page + "/narrow", Map.of());
        Response others = visit.send(page + "/narrow", page + "/narrow", Map.of("without", "race"));

        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.asString()).contains("Nothing is ticked");
        assertThat(others.statusCode()).isEqualTo(400);
        assertThat(visit.send(page + "/narrow", page + "/narrow", Map.of("without", List.of("email", "race")))
                        .asString())
                .as("what was ticked stays ticked")
                .contains("name=\"without\" value=\"email\" checked")
                .doesNotContain("value=\"mobileno\" checked");
        assertThat(others.asString()).contains("To take back everything, withdraw");
        assertThat(visit.get(page).asString()).doesNotContain("Your decisions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "narrow", "withdraw"})
    @Requirement("CX-RES-3")
    void aFormWithoutTheTokenOfItsPageIsRefused(String act) {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);

        Response without = visit.post(page + "/" + act, Map.of("without", "email"), Map.of());
        Response foreign =
                visit.post(page + "/" + act, Map.of("without", "email"), Map.of("Origin", "https://evil.example"));

        assertThat(List.of(without.statusCode(), foreign.statusCode())).containsOnly(403);
        assertThat(visit.get(page).asString()).contains("In force").doesNotContain("Your decisions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/narrow", "/withdraw"})
    void whoeverIsNotSignedInSignsInAndComesBack(String form) {
        String page = approved(Visit.as(SOMEBODY)) + form;

        assertThat(new Visit().get(page).header("Location")).endsWith("/sign-in?return_to=" + page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/narrow", "/withdraw"})
    @Requirement("CX-RES-2")
    void anotherPersonsConsentIsNotThere(String form) {
        String page = approved(Visit.as(SOMEBODY));
        Visit other = Visit.as("S7685213H");

        assertThat(other.get(page + form).statusCode()).isEqualTo(404);
        for (String act : List.of("/pause", "/resume", "/narrow", "/withdraw")) {
            assertThat(other.send("/me", page + act, Map.of("without", "email")).statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
    }

    @Test
    @Requirement("CX-RES-8")
    void thePageSaysHowOftenItWasUsedAndHowOftenItMayBe() {
        Visit visit = Visit.as(SOMEBODY);
        TestClient.ready("plain-lender").flow().asking("openid name email").wholeFlow(SOMEBODY);

        String html = visit.get("/me/consents/" + visit.latestGrant()).asString();

        assertThat(html)
                .contains("So far", "Once, ", "How often they may", "Up to 50 times in 24 hours", "The last 2 years");
    }

    @Test
    @Requirement("CX-RES-11")
    void anEndIsExplainedInPlainWords() {
        Visit visit = Visit.as(SOMEBODY);
        String revoked = approved(visit);
        consents.revoke(grantOf(revoked), Reason.COURT_ORDER);
        String invalidated = approved(visit);
        consents.invalidate(grantOf(invalidated), Reason.SUBJECT_DECEASED);
        String expired = approved(visit);

        assertThat(visit.get(revoked).asString())
                .contains("We ended this consent. Nothing more is shared. The reason: a court ordered it.")
                .contains("What they could fetch")
                .doesNotContain("What they may fetch", "They may keep it for");
        assertThat(visit.get(invalidated).asString())
                .contains("An authority ended this consent", "The reason: the person has died.");
        clock.advance(Duration.ofDays(31));
        assertThat(Visit.as(SOMEBODY).get(expired).asString()).contains("The agreed time is over");
    }

    @Test
    @Requirement("CX-RES-11")
    void aConsentThatWasTamperedWithShowsNothingOfWhatItSaysAndWhatToDo() throws SQLException {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);
        try (var superuser = TestDatabase.asSuperuser();
                var statement = superuser.createStatement()) {
            statement.execute("update consent set purpose = 'nonsense', template_version = 9 where grant_id = '"
                    + grantOf(page) + "'");
        }

        String html = visit.get(page).asString();

        assertThat(html)
                .contains("This record cannot be relied on", "You need not do anything to stop it", "You approved")
                .doesNotContain("What they may fetch", "/pause", "/narrow");
        assertThat(visit.get("/me").asString()).contains("This record cannot be relied on");
    }

    @Test
    @Requirement("CX-RES-8")
    void aNoticeThatTheClientCannotUseIsShownAsThat() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);
        record(page, EventKind.NOTICE_SENT, "granted");
        record(page, EventKind.NOTICE_REFUSED, "granted");

        assertThat(visit.get(page).asString())
                .contains("They could not use it, ", "They could not use our notice that you approved")
                .doesNotContain("Not confirmed so far");
        assertThat(visit.json("/api/me" + page.substring(3) + "/events").getString("[0].state"))
                .isEqualTo("refused");
    }

    @Test
    @Requirement("CX-RES-8")
    void whatTheClientWasToldAndWhetherItConfirmedIsShown() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);
        record(page, EventKind.NOTICE_SENT, "granted");
        String sent = visit.get(page).asString();
        record(page, EventKind.NOTICE_ACKNOWLEDGED, "granted");

        String confirmed = visit.get(page).asString();

        assertThat(sent).contains("What we told them", "We told them that you approved", "Not confirmed so far");
        assertThat(confirmed).contains("They confirmed it, ").doesNotContain("Not confirmed so far");
        assertThat(visit.json("/api/me" + page.substring(3) + "/events").getString("[0].event"))
                .isEqualTo("granted");
        assertThat(visit.json("/api/me" + page.substring(3) + "/events").getString("[0].acknowledged_at"))
                .isNotBlank();
    }

    @Test
    @Requirement("CX-RES-8")
    void whatAClientMustDeleteIsShownUntilItSaysThatItHas() {
        TestClient.ready("plain-lender").flow().asking("openid name email").wholeFlow(SOMEBODY);
        Visit visit = Visit.as(SOMEBODY);
        String page = "/me/consents/" + visit.latestGrant();
        visit.send(page, page + "/withdraw", Map.of());

        assertThat(visit.get(page).asString()).contains("What they must delete", "To be deleted");
        clock.advance(Duration.ofDays(31));
        assertThat(Visit.as(SOMEBODY).get(page).asString()).contains("Overdue", "www.pdpc.gov.sg");
    }

    @Test
    @Requirement("CX-RES-8")
    void aPersonIsRemindedOfAGrantThatLivesLong() {
        TestClient bank = TestClient.registered(
                clients,
                metadata -> metadata.put("scope", "openid name email")
                        .put("optional_scope", "")
                        .put("client_name", "Long Bank")
                        .put("purpose", "account_review"));
        bank.flow().asking("openid name email").untilToken(SOMEBODY);
        assertThat(Visit.as(SOMEBODY).get("/me").asString()).doesNotContain("Do you still want this?");

        clock.advance(Duration.ofDays(90));

        String html = Visit.as(SOMEBODY).get("/me").asString();
        assertThat(html).contains("Do you still want this?", "Long Bank may fetch your data until", "not done so yet");
    }

    @Test
    void aRequestThatWaitsIsNotCalledEnded() {
        Visit visit = Visit.as("T0704418B");
        visit.get(Visit.asked("plain-lender"));

        String html = visit.get("/me").asString();

        assertThat(html).contains("Not answered yet", "Waiting for you");
        assertThat(html.indexOf("Waiting for you")).isLessThan(html.indexOf("id=\"active\""));
    }

    @Test
    void theActivityOfOneConsentIsReadPageByPage() {
        Visit visit = Visit.as(SOMEBODY);
        String one = approved(visit);
        String other = approved(visit);
        visit.send(other, other + "/pause", Map.of());

        String html = visit.get("/me/activity?grant=" + grantOf(one)).asString();

        assertThat(html).contains("You approved").doesNotContain("You paused it");
    }

    @Test
    void theRecordIsLinkedInBothForms() {
        Visit visit = Visit.as(SOMEBODY);
        String page = approved(visit);

        String html = visit.get(page).asString();

        for (String format : List.of("json", "jsonld")) {
            String address = "/api" + page + "/record?format=" + format;
            assertThat(html).contains("href=\"" + address + "\"");
            assertThat(visit.json(address).getMap("$")).isNotEmpty();
        }
    }

    /** The page of a new consent of this person. */
    private static String approved(Visit visit) {
        String asked = Visit.asked("plain-lender", "openid name email mobileno regadd");
        visit.send(asked, asked, Map.of("decision", "approve"));
        return "/me/consents/" + visit.latestGrant();
    }

    private static GrantId grantOf(String page) {
        return GrantId.parse(page.substring(page.lastIndexOf('/') + 1));
    }

    /** An entry as sending and confirming notices leaves it. */
    private void record(String page, EventKind kind, String event) {
        PersonId person = persons.find(new NationalId(SOMEBODY)).orElseThrow();
        GrantId grant = grantOf(page);
        int version = consents.find(grant).orElseThrow().version();
        var entry = LedgerEvent.of(kind, clock.instant(), grant, version, new ClientId("plain-lender"), Actor.SERVICE)
                .because(event);
        QuarkusTransaction.requiringNew().run(() -> ledger.append(ledger.draft(entry, person)));
    }
}

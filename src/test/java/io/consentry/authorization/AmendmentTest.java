package io.consentry.authorization;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A grant that is amended by a pushed request (Grant Management for OAuth 2.0 §5), over HTTP. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class AmendmentTest {

    /** Nobody else's: amendments made in a time to come would stand before the grants of other tests. */
    private static final String OWNER = "S8762201J";

    private static final String ANOTHER = "S7685213H";

    @Inject
    Consents consents;

    @Inject
    TestClock clock;

    private TestClient bank;
    private ClientFlow first;
    private String grant;
    private TestResident resident;

    @BeforeEach
    void aGrant() {
        bank = TestClient.ready("harbour-bank");
        first = bank.flow().asking("openid name marital");
        first.push().approve(OWNER);
        grant = first.redeem().text("grant_id");
        resident = TestResident.signIn(OWNER);
    }

    @Test
    @Requirement("CX-AMEND-5")
    @Requirement("CX-AMEND-2")
    void mergingAddsToWhatWasGranted() {
        Instant before = expiry();
        ClientFlow more = amend("merge", "openid email");

        more.approve(OWNER);

        assertThat(more.redeem().text("grant_id")).isEqualTo(grant);
        assertThat(granted()).containsExactly("email", "marital", "name");
        assertThat(told().path("generation").asInt()).isEqualTo(2);
        assertThat(expiry()).as("counted from the new approval").isAfter(before);
        assertThat(more.fetch().with("released")).contains("email", "name");
        assertThat(first.fetch().with("released"))
                .as("the first token leads to the grant as well")
                .contains("email");
        assertThat(events()).containsSequence("amended", "superseded", "amendment_presented", "amendment_requested");
    }

    @Test
    @Requirement("CX-AMEND-5")
    void updateIsAnotherNameForMerge() {
        ClientFlow more = amend("update", "openid email");

        more.approve(OWNER, "marital");

        assertThat(granted()).containsExactly("email", "name");
    }

    @Test
    @Requirement("CX-AMEND-5")
    void replacingDropsWhatIsNotAskedForOnApproval() {
        ClientFlow other = amend("replace", "openid name email");
        assertThat(granted()).as("before approval").containsExactly("marital", "name");

        other.approve(OWNER);

        assertThat(granted()).containsExactly("email", "name");
        assertThat(first.fetch().outcomes()).doesNotContainKey("marital");
    }

    @Test
    @Requirement("CX-AMEND-3")
    void aRefusedAmendmentLeavesTheGrantAsItWas() {
        JsonNode before = told();
        ClientFlow more = amend("merge", "openid email");

        Map<String, String> answer = more.refuse(OWNER);

        assertThat(answer).containsEntry("error", "access_denied").containsEntry("state", more.state());
        assertThat(told()).isEqualTo(before);
        first.fetch();
        assertThat(events()).contains("amendment_refused").doesNotContain("amended", "superseded");
    }

    @Test
    @Requirement("CX-AMEND-1")
    void anotherPersonWhoSignsInChangesNothing() {
        JsonNode before = told();
        for (String decision : List.of("approve", "deny")) {
            ClientFlow more = amend("merge", "openid email");

            Map<String, String> answer = redirected(more.decision(ANOTHER, decision));

            assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
            assertThat(told()).isEqualTo(before);
            assertThat(TestResident.signIn(ANOTHER).consents().toString()).doesNotContain(grant);
            assertThat(redirected(more.decision(OWNER, "approve")))
                    .as("the request has ended, for everybody")
                    .isEqualTo(answer);
        }
    }

    @Test
    @Requirement("CX-AMEND-1")
    void anotherPersonsBrowserIsSentBackToTheClient() {
        ClientFlow more = amend("merge", "openid email");
        String page = URI.create(
                        more.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();

        String back = Visit.as(ANOTHER).get(page).header("Location");

        assertThat(back).startsWith(bank.redirectUri()).contains("error=access_denied");
        assertThat(granted()).containsExactly("marital", "name");
    }

    @Test
    @Requirement("CX-AMEND-2")
    void thePageShowsTheDifferencesAndTakesTheDecision() {
        ClientFlow more = amend("replace", "openid name email marital race");
        String page = URI.create(
                        more.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
        Visit visit = Visit.as(OWNER);

        String html = visit.get(page).asString();
        String back = visit.send(page, page, Map.of("decision", "approve", "share", "marital"))
                .header("Location");

        assertThat(html).contains("What would change", "Newly asked for", "Shared as before");
        int folded = html.indexOf("<details class=\"card kept\">");
        assertThat(html.substring(0, folded))
                .as("only what is new meets the eye")
                .contains("value=\"race\"", ">Email address<")
                .doesNotContain("value=\"marital\"");
        assertThat(html.substring(folded))
                .contains("value=\"marital\"", "Ticked is what you chose before.")
                .doesNotContain("value=\"race\"", "Nothing is ticked for you.");
        assertThat(html.replaceAll("\\s+", " "))
                .as("what was selected before is selected")
                .containsPattern("value=\"marital\"[^>]* checked")
                .doesNotContainPattern("value=\"race\"[^>]* checked");
        assertThat(back).contains("code=");
        assertThat(granted()).containsExactly("email", "marital", "name");
        assertThat(visit.get(page).header("Location"))
                .as("while the code waits")
                .isEqualTo(back);
    }

    @Test
    @Requirement("CX-AMEND-3")
    void anAmendmentOfAGrantThatChangedMeanwhileIsVoid() {
        ClientFlow one = amend("merge", "openid email");
        ClientFlow other = amend("replace", "openid name");

        one.approve(OWNER);
        Map<String, String> answer = redirected(other.decision(OWNER, "approve"));

        assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
        assertThat(granted()).containsExactly("email", "marital", "name");
    }

    @Test
    @Requirement("CX-AMEND-3")
    void anAmendmentOfAGrantThatEndedMeanwhileIsVoid() {
        ClientFlow more = amend("merge", "openid email");
        resident.withdraw(grant).is(204);

        Map<String, String> answer = redirected(more.decision(OWNER, "approve"));

        assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
        first.userinfo().send().isRefused(401, "invalid_token", "consent_withdrawn");
    }

    @Test
    @Requirement("CX-AMEND-3")
    void approvingOnAPageThatWasOvertakenLeadsBackToTheClient() {
        ClientFlow more = amend("merge", "openid email");
        String page = URI.create(
                        more.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
        Visit visit = Visit.as(OWNER);
        Map<String, String> form = new HashMap<>(visit.hidden(page));
        resident.narrow(grant, "marital").is(204);

        form.put("decision", "approve");
        String back = visit.post(page, form, Map.of()).header("Location");

        assertThat(back).startsWith(bank.redirectUri()).contains("error=access_denied");
        assertThat(granted()).containsExactly("name");
    }

    @Test
    @Requirement("CX-AMEND-3")
    void anAmendmentThatNobodyDecidesOnLapses() {
        ClientFlow more = amend("merge", "openid email");

        clock.advance(Duration.ofMinutes(16));

        more.decision(OWNER, "approve").send().isProblem(400, "invalid_request_uri");
        assertThat(granted()).containsExactly("marital", "name");
    }

    @Test
    @Requirement("CX-AMEND-5")
    void onlyWhatIsOptionalCanBeDeclined() {
        ClientFlow more = amend("merge", "openid email");

        more.decision(OWNER, "approve", "name").send().isProblem(400, "not_optional");

        assertThat(granted()).containsExactly("marital", "name");
        more.approve(OWNER);
    }

    @Test
    @Requirement("GM-5.1")
    void aGrantThatIsNotTheClientsAnswersAsNone() {
        TestClient other = TestClient.ready("merlion-wealth");
        resident.withdraw(grant).is(204);
        String ended = grant;
        aGrant();
        for (String action : List.of("merge", "update", "replace")) {
            for (Call par : List.of(
                    other.flow().asking("openid name").amending(action, grant),
                    bank.flow().amending(action, UUID.randomUUID().toString()),
                    bank.flow().amending(action, "1-1-1-1-1"),
                    bank.flow().amending(action, grant + " "),
                    bank.flow().amending(action, ended))) {
                par.send().isRefused(400, "invalid_grant_id", "invalid_grant_id");
            }
        }
        assertThat(events()).doesNotContain("amendment_requested");
    }

    @Test
    @Requirement("GM-5.1")
    void anActionAndAGrantGoTogether() {
        bank.flow().par().with("grant_id", grant).send().isRefused(400, "invalid_request", "invalid_parameter");
        bank.flow().amending("create", grant).send().isRefused(400, "invalid_request", "invalid_parameter");
        bank.flow()
                .par()
                .with("grant_management_action", "merge")
                .send()
                .isRefused(400, "invalid_request", "missing_parameter");
        bank.flow().par().with("grant_management_action", "create").send().is(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MERGE", "revoke", "query", "delete", "merge replace"})
    @Requirement("GM-5.1")
    void anUnknownActionIsRefused(String action) {
        bank.flow().amending(action, grant).send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    @Requirement("CX-AMEND-5")
    void aPausedGrantStaysPaused() {
        GrantId id = GrantId.parse(grant);
        PersonId person = ((Consent.Active) consents.find(id).orElseThrow()).person();
        made(consents.pause(id, person));
        ClientFlow more = amend("merge", "openid email");

        more.approve(OWNER);

        more.redeem();
        assertThat(granted()).containsExactly("email", "marital", "name");
        assertThat(told().path("status").asText()).isEqualTo("paused");
        more.userinfo().send().isRefused(401, "invalid_token", "consent_paused");
        made(consents.resume(id, person));
        more.fetch();
    }

    private ClientFlow amend(String action, String scope) {
        ClientFlow flow = bank.flow().asking(scope);
        return flow.pushed(flow.amending(action, grant));
    }

    private JsonNode told() {
        return ClientAccess.of(bank, "grant_management_query")
                .call("GET", "/grants/" + grant)
                .send()
                .is(200)
                .json();
    }

    private List<String> granted() {
        return List.of(told().path("scopes").path(0).path("scope").asText().split(" "));
    }

    private Instant expiry() {
        return Instant.parse(told().path("expires_at").asText());
    }

    /** Newest first. */
    private List<String> events() {
        List<String> events = new ArrayList<>();
        resident.call("GET", "/activity?limit=100").send().is(200).json().forEach(event -> {
            if (event.path("grant_id").asText().equals(grant)) {
                events.add(event.path("event").asText());
            }
        });
        return events;
    }

    private static Map<String, String> redirected(Call decision) {
        return ClientFlow.query(URI.create(decision.send().is(200).text("redirect_to")));
    }
}

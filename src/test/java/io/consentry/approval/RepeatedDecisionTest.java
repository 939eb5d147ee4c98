package io.consentry.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Statements;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.consentry.testing.Transactions;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A decision whose answer was lost: whoever decided hears it again, nobody is stranded, and nothing is decided twice. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RepeatedDecisionTest {

    private static final String PERSON = "S8762201J";
    private static final int PAIRS = Effort.of(40, 200, 3_000);

    @Inject
    TestClock clock;

    private TestClient bank;
    private ClientFlow flow;
    private Visit visit;

    @BeforeEach
    void somebodyWhoIsAsked() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow().asking("openid name marital race");
        visit = Visit.as(PERSON);
    }

    @Test
    @Requirement("CX-AGAIN-1")
    void anApprovalThatIsSentAgainGetsTheSameAnswer() {
        Page page = page();

        String first = page.decide("approve", "race");
        String reloaded = page.decide("approve", "race");
        String comeBack = visit.get(page.path()).header("Location");

        assertThat(first).startsWith(bank.redirectUri()).contains("code=", "state=" + flow.state());
        assertThat(reloaded).isEqualTo(first);
        assertThat(comeBack).isEqualTo(first);
        flow.returned(URI.create(first));
        assertThat(flow.redeem().text("scope")).contains("race").doesNotContain("marital");
        assertThat(decisions()).isOne();
    }

    @Test
    @Requirement("CX-AGAIN-1")
    void anAnswerIsOneTransactionAndAReaderLocksNothing() {
        Page page = page();
        Map<String, String> click = Map.of(Statements.HEADER, UUID.randomUUID().toString());
        Map<String, String> reload = Map.of(Statements.HEADER, UUID.randomUUID().toString());

        assertThat(page.send(click, "approve", "race").statusCode()).isEqualTo(303);
        assertThat(page.send(reload, "approve", "race").statusCode()).isEqualTo(303);

        assertThat(Transactions.of(click.get(Statements.HEADER)))
                .as("a look at the session, and the decision")
                .isEqualTo(2);
        assertThat(locks(click))
                .filteredOn(sql -> sql.contains("authorization_request"))
                .hasSize(1);
        assertThat(locks(reload)).isEmpty();
    }

    /** Exactly, so that whoever adds one finds this red and says why. */
    @ParameterizedTest
    @CsvSource({"a grant, approve, 13", "a grant, refuse, 10", "a change, approve, 16", "a change, refuse, 11"})
    void aDecisionLocksItsGrantOnceAndMakesSoManyRoundTrips(String of, String decision, int roundTrips) {
        Page page = of.equals("a change") ? pageOfAChange(granted()) : page();
        Map<String, String> click = Map.of(Statements.HEADER, UUID.randomUUID().toString());

        assertThat(page.send(click, decision, "race").statusCode()).isEqualTo(303);

        assertThat(locks(click))
                .filteredOn(sql -> sql.contains("from consent "))
                .hasSize(1);
        assertThat(Statements.of(click.get(Statements.HEADER))).hasSize(roundTrips);
    }

    private static List<String> locks(Map<String, String> request) {
        return Statements.of(request.get(Statements.HEADER)).stream()
                .filter(sql -> sql.contains(" for no key update") || sql.contains(" for update"))
                .toList();
    }

    @Test
    @Requirement("CX-AGAIN-1")
    void aRefusalThatIsSentAgainGetsTheSameAnswer() {
        Page page = page();

        String first = page.decide("refuse");
        clock.advance(Duration.ofMinutes(2));

        assertThat(first).startsWith(bank.redirectUri()).contains("error=access_denied");
        assertThat(page.decide("refuse")).isEqualTo(first);
    }

    @Test
    @Requirement("CX-AGAIN-2")
    void anotherDecisionThanTheFirstChangesNothingAndSaysWhatStands() {
        Page page = page();
        page.decide("refuse");

        Response approved = page.send("approve", "race");

        assertThat(approved.statusCode()).isEqualTo(409);
        assertThat(approved.asString()).contains("You have refused this");
        leadsToTheBank(approved);
        assertThat(TestResident.signIn(PERSON).newest().path("status").asText()).isEqualTo("refused");
    }

    @Test
    @Requirement("CX-AGAIN-2")
    void otherTicksAreAnotherDecision() {
        Page page = page();
        String first = page.decide("approve", "race");

        Response more = page.send("approve", "race", "marital");

        assertThat(more.statusCode()).isEqualTo(409);
        flow.returned(URI.create(first));
        assertThat(flow.redeem().text("scope")).doesNotContain("marital");
    }

    @Test
    @Requirement("CX-AGAIN-3")
    void onceTheClientHasTheCodeItIsNotHandedOutAgain() {
        Page page = page();
        flow.returned(URI.create(page.decide("approve")));
        flow.redeem();

        for (Response again : List.of(page.send("approve"), visit.get(page.path()))) {
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.asString()).contains("You have approved this").doesNotContain(flow.code());
            leadsToTheBank(again);
        }
        flow.fetch();
    }

    @Test
    @Requirement("CX-AGAIN-3")
    void afterTheCodesLifeThePageLeadsOn() {
        Page page = page();
        page.decide("approve");
        clock.advance(Duration.ofSeconds(61));

        Response again = page.send("approve");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.asString()).doesNotContain("code=");
        leadsToTheBank(again);
    }

    @Test
    @Requirement("CX-AGAIN-3")
    void anotherSessionGetsNoCode() {
        Page page = page();
        page.decide("approve");

        Response elsewhere = Visit.as(PERSON).get(page.path());
        Response somebodyElse = Visit.as("S7685213H").get(page.path());

        assertThat(elsewhere.statusCode()).isEqualTo(409);
        assertThat(elsewhere.asString()).doesNotContain("code=");
        assertThat(somebodyElse.statusCode()).isEqualTo(404);
        assertThat(somebodyElse.asString()).doesNotContain(bank.redirectUri());
    }

    @Test
    @Requirement("CX-AGAIN-1")
    void aChangeThatIsApprovedAgainGetsTheSameAnswer() {
        String grant = granted();
        Page page = pageOfAChange(grant);

        String first = page.decide("approve", "race");

        assertThat(first).contains("code=");
        assertThat(page.decide("approve", "race")).isEqualTo(first);
        assertThat(TestResident.signIn(PERSON).told(grant, "/versions")).hasSize(2);
    }

    @Test
    @Requirement("CX-AGAIN-1")
    void withoutABrowserTheSamePersonIsTheSameSender() {
        flow.push();

        Map<String, String> first = flow.approve(PERSON, "race");
        clock.advance(Duration.ofSeconds(50));

        assertThat(flow.approve(PERSON, "race")).isEqualTo(first);
        flow.decision(PERSON, "approve").send().isProblem(409, "already_decided");
        flow.decision(PERSON, "deny").send().isProblem(409, "already_decided");
        flow.decision("S7685213H", "approve", "race").send().isProblem(400, "invalid_request_uri");
        flow.redeem();
        flow.decision(PERSON, "approve", "race").send().isProblem(409, "already_decided");
    }

    @Test
    @Requirement("CX-AGAIN-4")
    void ofTwoClicksAtOnceBothLeadToTheSameCode() throws Exception {
        try (ExecutorService clicks = Executors.newFixedThreadPool(8)) {
            Function<Integer, Callable<List<String>>> pair = number -> () -> {
                ClientFlow own = bank.flow().asking("openid name race").push();
                String decision = number % 4 == 3 ? "deny" : "approve";
                Callable<String> click =
                        () -> redirect(own.decision(PERSON, decision).send());
                return Executors.newVirtualThreadPerTaskExecutor().invokeAll(List.of(click, click)).stream()
                        .map(Future::resultNow)
                        .toList();
            };
            List<Future<List<String>>> pairs = clicks.invokeAll(
                    IntStream.range(0, PAIRS).mapToObj(pair::apply).toList());

            for (Future<List<String>> both : pairs) {
                List<String> redirects = both.get();
                assertThat(redirects.get(0)).isEqualTo(redirects.get(1));
            }
        }
    }

    @Test
    @Requirement("CX-AGAIN-4")
    void twoClicksOnThePageLeadToTheSameCode() throws Exception {
        try (ExecutorService clicks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                Page page = page(bank.flow().asking("openid name race").push());
                Callable<String> click = () -> page.decide("approve", "race");

                List<String> both = clicks.invokeAll(List.of(click, click)).stream()
                        .map(Future::resultNow)
                        .toList();

                assertThat(both.get(0)).contains("code=").isEqualTo(both.get(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdraw", "pause", "resume", "narrow"})
    @Requirement("CX-AGAIN-5")
    void whatAPersonDoesWithAConsentAnswersTheSameWhenItIsRepeated(String act) {
        flow.push().approve(PERSON);
        String grant = flow.redeem().text("grant_id");
        TestResident resident = TestResident.signIn(PERSON);
        if (act.equals("resume")) {
            resident.act(grant, "pause").is(204);
        }
        Callable<Answer> once = () -> act.equals("narrow") ? resident.narrow(grant, "race") : resident.act(grant, act);

        answer(once).is(204);
        long entries = entries(resident, grant);
        answer(once).is(204);
        String form = "/me/consents/" + grant + (act.equals("withdraw") || act.equals("narrow") ? "/" + act : "");
        Response byForm = visit.send(form, "/me/consents/" + grant + "/" + act, Map.of("without", "race"));

        assertThat(byForm.statusCode()).isEqualTo(303);
        assertThat(byForm.header("Location")).contains("?done=");
        assertThat(entries(resident, grant)).as("nothing happened twice").isEqualTo(entries);
    }

    private static Answer answer(Callable<Answer> act) {
        try {
            return act.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long entries(TestResident resident, String grant) {
        long entries = 0;
        for (var event :
                resident.call("GET", "/activity?limit=100").send().is(200).json()) {
            entries += event.path("grant_id").asText().equals(grant) ? 1 : 0;
        }
        return entries;
    }

    private static String redirect(Answer answer) {
        return answer.is(200).text("redirect_to");
    }

    private void leadsToTheBank(Response page) {
        assertThat(page.asString().replace("&amp;", "&"))
                .contains("href=\"" + bank.redirectUri() + "?error=access_denied");
    }

    private long decisions() {
        return visit.activity()
                .getList("findAll { it.event == 'granted' && it.grant_id == '" + visit.latestGrant() + "' }")
                .size();
    }

    private Page pageOfAChange(String grant) {
        return page(flow.pushed(flow.amending("merge", grant)));
    }

    private String granted() {
        ClientFlow before = bank.flow().asking("openid name").push();
        before.approve(PERSON);
        return before.redeem().text("grant_id");
    }

    private Page page() {
        return page(flow.push());
    }

    private Page page(ClientFlow pushed) {
        String path = URI.create(
                        pushed.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
        return new Page(visit, path, visit.hidden(path));
    }

    /** The page as it lies in somebody's browser, its form ready to be sent as often as they like. */
    private record Page(Visit visit, String path, Map<String, String> hidden) {

        Response send(String decision, String... share) {
            return send(Map.of(), decision, share);
        }

        Response send(Map<String, String> headers, String decision, String... share) {
            Map<String, Object> fields = new HashMap<>(hidden);
            fields.put("decision", decision);
            fields.put("share", List.of(share));
            return visit.post(path, fields, headers);
        }

        String decide(String decision, String... share) {
            Response answer = send(decision, share);
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
            return answer.header("Location");
        }
    }
}

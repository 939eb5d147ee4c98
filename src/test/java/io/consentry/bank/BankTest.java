package io.consentry.bank;

import static io.consentry.bank.BankCustomer.confirmed;
import static io.consentry.bank.BankCustomer.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Settings;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BankTest {

    private static final String CLARISSA = "S9812381D";

    @Inject
    Settings settings;

    @Inject
    Clients clients;

    private BankCustomer customer;

    @BeforeEach
    void enter() {
        customer = new BankCustomer(settings.port());
    }

    @Test
    void theBankIsAnotherSiteThanTheService() {
        Response answer = customer.at("http://localhost:" + settings.port()).get("/bank");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo(customer.origin() + "/bank");
    }

    @Test
    void bothWaysAreOfferedAndWhatWillHappenIsSaidFirst() {
        String page = customer.atTheBank().get("/bank").asString();

        assertThat(page).contains("Fill with Consentry", "Fill in by hand", "You leave this site for Consentry");
        assertThat(page).contains("We keep nothing that you type or share until you submit");
    }

    @Test
    void aFilledFormShowsValuesAsTextWithSourceAndDate() {
        String page = customer.fill(CLARISSA).asString();

        assertThat(page).contains("TAN HUI WEN CLARISSA", "(CHEN HUIWEN)", "@CLARISSA TAN HUI WEN");
        assertThat(page).contains("S$78,450.00", "Verified", "ICA and MOM, as of", "CPF Board, as of");
        assertThat(page).doesNotContain("disabled", "readonly", "name=\"uinfin\"", "name=\"nric\"");
    }

    @Test
    void whatMustStayEditableIsAnInputWithItsValue() {
        String page = customer.fill(CLARISSA).asString();

        assertThat(page).containsPattern("<input id=\"mobile\"[^>]*value=\"\\+65 80001234\"");
        assertThat(page).containsPattern("<input id=\"email\"[^>]*value=\"clarissa.tan@example.com\"");
        assertThat(page).containsPattern("name=\"marital\" value=\"MARRIED\" checked");
    }

    @Test
    void contributionsStandInTheOrderTheyWerePaid() {
        String page = customer.fill(CLARISSA).asString();

        assertThat(page.split("S\\$1,258.00|S\\$1,480.00", -1)).hasSize(16);
        assertThat(page.indexOf("KESTREL ANALYTICS")).isLessThan(page.lastIndexOf("HARBOURLIGHT"));
        assertThat(page.lastIndexOf("KESTREL ANALYTICS")).isLessThan(page.lastIndexOf("HARBOURLIGHT"));
    }

    @Test
    void aMissingValueSaysWhyAndCanBeTyped() {
        String page = customer.fill("S9518273I").asString();

        assertThat(page).contains("The source could not be reached").contains("Ask Consentry again");
    }

    @Test
    void whatDoesNotApplyIsNotAsked() {
        String page = customer.fill("G5123409Q").asString();

        assertThat(page).contains("Does not apply to you").contains("EMPLOYMENT PASS");
        assertThat(page).doesNotContain("id=\"oa\"");
    }

    @Test
    void aRefusalIsAnsweredKindlyAndLeavesTheFormByHand() {
        Response answer = customer.follow(customer.decide(CLARISSA, "deny"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).contains("Nothing was shared", "Fill in by hand");
        assertThat(customer.form().asString()).contains("id=\"nric\"").doesNotContain("Verified");
    }

    @Test
    void anAnswerWithAnotherStateIsNotUsed() {
        URI back = customer.decide(CLARISSA, "approve");

        Response answer = customer.follow(replace(back, "state", "state=another"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(customer.follow(back).statusCode()).isEqualTo(303);
    }

    @Test
    void anAnswerThatDoesNotNameItsIssuerIsNotUsed() {
        URI back = customer.decide(CLARISSA, "approve");

        assertThat(customer.follow(replace(back, "iss", "other=1")).statusCode())
                .isEqualTo(400);
        assertThat(customer.follow(replace(back, "iss", "iss=http%3A%2F%2Fevil.example"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anAnswerWorksOnce() {
        URI back = customer.decide(CLARISSA, "approve");
        customer.follow(back);

        Response again = customer.follow(back);

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.asString()).contains("This link has been used").doesNotContain("CLARISSA");
    }

    @Test
    void anAnswerIsOfNoUseToAnotherVisitor() {
        URI back = customer.decide(CLARISSA, "approve");
        var other = new BankCustomer(settings.port());
        other.start("consentry");

        assertThat(new BankCustomer(settings.port()).follow(back).statusCode()).isEqualTo(400);
        assertThat(other.follow(back).statusCode()).isEqualTo(400);
    }

    @Test
    void aFalseCodeGivesNothing() {
        URI back = customer.decide(CLARISSA, "approve");

        Response answer = customer.follow(replace(back, "code", "code=guessed"));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.asString()).contains("Fill in by hand");
    }

    @Test
    void whatIsUnansweredIsListedAndNothingIsLost() {
        customer.fill(CLARISSA);

        String page = customer.send(Map.of("occupation", "Diver", "email", "nonsense", "correct-about", "yes"))
                .asString();

        assertThat(page).contains("<title>Error: your application", "There is a problem");
        assertThat(page).contains("href=\"#email\"", "href=\"#purpose\"", "href=\"#correct-cpf\"");
        assertThat(page).contains("value=\"Diver\"", "value=\"nonsense\"").contains("TAN HUI WEN CLARISSA");
        assertThat(page).doesNotContain("href=\"#correct-about\"");
    }

    @Test
    void aTaxNumberIsNeededWhenTaxIsPaidElsewhere() {
        customer.fill(CLARISSA);

        String page = customer.send(with(confirmed(), "tax", "BOTH")).asString();

        assertThat(page).contains("href=\"#taxcountry\"", "href=\"#tin\"");
    }

    @Test
    void markupInAnAnswerStaysText() {
        customer.start("hand");

        String page = customer.send(Map.of("name", "<script>alert(1)</script>", "address", "</textarea><b>"))
                .asString();

        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert", "</textarea><b>");
    }

    @Test
    void aCardThatIsWrongIsFilledInByHandAndItsValuesGo() {
        customer.fill(CLARISSA);

        String page = customer.send(Map.of("action", "by-hand-ABOUT", "occupation", "Diver"))
                .asString();

        assertThat(page)
                .contains("id=\"nric\"", "value=\"Diver\"")
                .doesNotContain("K1234567Z", "@CLARISSA TAN HUI WEN");
        assertThat(page).contains("S$78,450.00");
    }

    @Test
    void askingAgainKeepsWhatWasTyped() {
        customer.fill("S9518273I");

        String page =
                customer.send(Map.of("action", "retry", "occupation", "Diver")).asString();

        assertThat(page).contains("value=\"Diver\"").doesNotContain("There is a problem");
    }

    @Test
    void whatASourceSaidCannotBeOverwrittenByTheForm() {
        customer.fill(CLARISSA);

        customer.send(with(confirmed(), "name", "SOMEBODY ELSE", "income", "1"));

        String page = customer.atTheBank().get("/bank/done").asString();
        assertThat(page).contains("5 answers were given by you");
    }

    @Test
    void aSubmissionLeavesNoValueAnywhere() throws SQLException {
        customer.fill(CLARISSA);

        Response sent = customer.send(confirmed());

        assertThat(sent.statusCode()).isEqualTo(303);
        String done = customer.atTheBank().get("/bank/done").asString();
        assertThat(done).contains("Application submitted", "deleted it all").doesNotContain("CLARISSA", CLARISSA);
        assertThat(customer.form().header("Location")).endsWith("/bank/done");
        assertThat(customer.send(confirmed()).header("Location")).endsWith("/bank/done");
        assertThat(everyText()).noneMatch(text -> text.contains("clarissa.tan@") || text.contains("KESTREL"));
    }

    @Test
    void leavingDeletesEverything() {
        customer.fill(CLARISSA);

        customer.atTheBank().post("/bank/leave");

        assertThat(customer.form().header("Location")).endsWith("/bank");
    }

    @Test
    void typingSurvivesTheEndOfAVisit() {
        customer.fill(CLARISSA);
        customer.atTheBank().post("/bank/leave");

        String page = customer.send(Map.of("occupation", "Diver")).asString();

        assertThat(page).contains("What you typed is still here", "value=\"Diver\"");
    }

    @Test
    void formsOfOtherSitesAreRefused() {
        for (String origin : List.of("http://evil.example", "http://localhost:" + settings.port(), "null")) {
            Response answer = customer.atTheBank()
                    .header("Origin", origin)
                    .formParam("how", "consentry")
                    .post("/bank/start");

            assertThat(answer.statusCode()).as(origin).isEqualTo(403);
        }
    }

    @Test
    void theVisitIsKeptFromScriptsAndFromOtherPages() {
        Response answer = customer.atTheBank().formParam("how", "hand").post("/bank/start");

        assertThat(answer.header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Lax")
                .containsIgnoringCase("path=/bank");
        String first = answer.cookie("harbour_visit");
        assertThat(customer.atTheBank()
                        .cookie("harbour_visit", first)
                        .formParam("how", "hand")
                        .post("/bank/start")
                        .cookie("harbour_visit"))
                .isNotEqualTo(first);
    }

    @Test
    void theFilledFormIsAtLeastSixtyPercentFaster() throws RelyingPartyException {
        long all = BankEffortTest.percentFaster(claims(CLARISSA));

        assertThat(all).isGreaterThanOrEqualTo(60);
    }

    @Test
    void theModelCountsATickForWhatTheClientAsksAsOptional() {
        RegisteredClient bank = clients.find(new ClientId("harbour-bank")).orElseThrow();
        List<String> optional =
                bank.optionalScope().stream().map(AttributeName::value).toList();

        assertThat(BankEffort.TICKED.stream()
                        .map(question -> question.attribute().orElseThrow().value()))
                .containsExactlyInAnyOrderElementsOf(optional);
    }

    private Map<String, Object> claims(String uinfin) throws RelyingPartyException {
        TestClient bank = TestClient.ready("harbour-bank");
        RelyingParty party = RelyingParty.visit(
                URI.create(settings.issuer()), bank.id(), bank.keys(), URI.create(bank.redirectUri()));
        String back = RestAssured.given()
                .contentType("application/json")
                .body(Map.of(
                        "client_id",
                        bank.id(),
                        "request_uri",
                        party.push(bank.scope()),
                        "uinfin",
                        uinfin,
                        "decision",
                        "approve"))
                .post("/sandbox/decisions")
                .path("redirect_to");
        var code = (RelyingParty.Returned.Code) party.read(URI.create(back));
        return party.fetch(party.redeem(code.value()));
    }

    private static URI replace(URI uri, String parameter, String by) {
        return URI.create(uri.toString().replaceAll("(?<=[?&])" + parameter + "=[^&]*", by));
    }

    private static List<String> everyText() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection database = TestDatabase.asOwner();
                Statement statement = database.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select cast(t as text) from " + table + " t")) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
        }
        return found;
    }
}

package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization endpoint and what comes back from it (RFC 6749 §4.1.2, RFC 9126 §4, RFC 9207). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class AuthorizationEndpointTest {

    @Inject
    TestClock clock;

    @Inject
    Clients clients;

    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        flow = TestClient.ready("harbour-bank").flow();
    }

    @Test
    @Requirement("RFC9126-4")
    @Requirement("FAPI2-SP-5.3.2.2-11")
    void aPushedRequestLeadsToItsConsentPage() {
        Answer answer = flow.push().authorize().send();

        answer.is(303);
        assertThat(answer.header("Location"))
                .hasValueSatisfying(to -> assertThat(to).startsWith(Service.base() + "/consent/"));
    }

    @Test
    @Requirement("RFC9126-4")
    void aRequestMayBeOpenedAgainUntilItIsDecided() {
        flow.push();
        flow.authorize().send().is(303);

        flow.authorize().send().is(303);
        flow.approve(ClientFlow.COMPLETE);
    }

    @Test
    @Requirement("RFC9126-4")
    @Requirement("RFC9126-7.3")
    void aDecidedRequestIsDead() {
        flow.push().approve(ClientFlow.COMPLETE);

        flow.authorize().send().isErrorPage(400, "invalid_request_uri");
        flow.decision("S8762201J", "approve").send().isProblem(400, "invalid_request_uri");
    }

    /** It is finished by somebody who holds its lock, while it is being opened. */
    @Test
    @Requirement("RFC9126-7.3")
    void aRequestThatIsFinishedWhileItIsOpenedStaysDead() throws Exception {
        flow.push();
        try (Connection other = TestDatabase.asOwner();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            String finish = "update authorization_request set finished_at = now() where id ="
                    + " (select id from authorization_request where client_id = 'harbour-bank' and finished_at is null"
                    + " and expires_at < now() + interval '2 minutes' order by expires_at desc limit 1) returning id";
            String id;
            try (ResultSet row = statement.executeQuery(finish)) {
                row.next();
                id = row.getString(1);
            }
            flow.authorize().send().is(303); // writes nothing, so it waits for nobody
            other.commit();

            flow.authorize().send().isErrorPage(400, "invalid_request_uri");
            try (ResultSet row = statement.executeQuery(
                    "select finished_at is not null from authorization_request where id = '" + id + "'")) {
                row.next();
                assertThat(row.getBoolean(1)).as("still finished").isTrue();
            }
        }
    }

    @Test
    @Requirement("RFC9126-4")
    void aRefusedRequestIsDead() {
        flow.push().refuse(ClientFlow.COMPLETE);

        flow.authorize().send().isErrorPage(400, "invalid_request_uri");
    }

    @Test
    @Requirement("RFC9126-4")
    void aRequestUriLivesForItsMinute() {
        flow.push();
        clock.advance(Duration.ofSeconds(55));
        flow.authorize().send().is(303);

        clock.advance(Duration.ofSeconds(6));

        flow.authorize().send().isErrorPage(400, "invalid_request_uri");
    }

    @Test
    @Requirement("RFC9126-4")
    void aRequestUriIsOfItsClientOnly() {
        flow.push();

        Call other = Call.to("GET", "/fapi/auth?client_id=plain-lender&request_uri=" + flow.requestUri())
                .header("Accept", "text/html");

        other.send().isErrorPage(400, "invalid_request_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:oauth:request_uri:guess",
                "urn:ietf:params:oauth:request_uri:",
                "https://evil.example/request.jwt",
                "x",
                "%00",
                "%F0%9F%92%A9",
                "urn:ietf:params:oauth:request_uri:%27%20or%201=1",
            })
    @Requirement("RFC9126-4")
    @Requirement("RFC9126-7.1")
    void aGuessedRequestUriOpensNothing(String requestUri) {
        Call.to("GET", "/fapi/auth?client_id=harbour-bank&request_uri=" + requestUri)
                .header("Accept", "text/html")
                .send()
                .isErrorPage(400, "invalid_request_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?client_id=harbour-bank",
                "?request_uri=urn:x",
                "?client_id=harbour-bank&response_type=code&scope=name&redirect_uri=http://localhost:3000/callback",
                "?client_id=&request_uri=",
            })
    @Requirement("FAPI2-SP-5.3.2.1-7")
    @Requirement("FAPI2-SP-5.3.2.2-3")
    @Requirement("RFC6749-3.1.2.4")
    @Requirement("RFC6749-10.15")
    void aRequestThatWasNotPushedIsRefusedOnThisPageAndNeverRedirected(String query) {
        Call.to("GET", "/fapi/auth" + query)
                .header("Accept", "text/html")
                .send()
                .isErrorPage(400, "missing_parameter");
    }

    @Test
    @Requirement("RFC6749-3.1")
    void aParameterSentTwiceIsRefused() {
        flow.push()
                .authorize()
                .appending("&request_uri=urn:ietf:params:oauth:request_uri:other")
                .send()
                .isErrorPage(400, "duplicate_parameter");
        flow.authorize().appending("&client_id=plain-lender").send().isErrorPage(400, "duplicate_parameter");
    }

    @Test
    @Requirement("RFC9126-4")
    void whatStandsOutsideThePushedRequestIsIgnored() {
        flow.push()
                .authorize()
                .appending("&state=other&nonce=other&scope=vehicles&response_type=token"
                        + "&redirect_uri=https://evil.example/&response_mode=fragment")
                .send()
                .is(303);

        assertThat(flow.approve(ClientFlow.COMPLETE)).containsEntry("state", flow.state());
        flow.redeem();
        assertThat(flow.fetch().outcomes().keySet()).noneMatch(name -> name.startsWith("vehicles"));
    }

    @Test
    void aStateThatWasNotPushedDoesNotComeBack() {
        flow.pushed(flow.par().without("state"))
                .authorize()
                .appending("&state=outside")
                .send()
                .is(303);

        assertThat(flow.approve(ClientFlow.COMPLETE)).containsOnlyKeys("code", "iss");
    }

    @Test
    @Requirement("RFC9207-2")
    @Requirement("FAPI2-SP-5.3.2.2-7")
    @Requirement("FAPI2-SP-5.4.1-4")
    @Requirement("RFC6749-4.1.2-1")
    @Requirement("RFC6749-10.10")
    void anApprovalReturnsCodeStateAndIssuerAndNothingElse() {
        Map<String, String> answer = flow.push().approve(ClientFlow.COMPLETE);

        assertThat(answer).containsOnlyKeys("code", "state", "iss").containsEntry("iss", Service.issuer());
        assertThat(answer.get("code")).hasSizeGreaterThanOrEqualTo(43);
    }

    @Test
    @Requirement("RFC9207-2")
    @Requirement("RFC6749-4.1.2.1")
    @Requirement("OIDC-CORE-3.1.2.6")
    void aRefusalReturnsAccessDeniedWithStateAndIssuer() {
        Map<String, String> answer = flow.push().refuse(ClientFlow.COMPLETE);

        assertThat(answer)
                .containsOnlyKeys("error", "error_description", "state", "iss")
                .containsEntry("error", "access_denied")
                .containsEntry("state", flow.state())
                .containsEntry("iss", Service.issuer());
    }

    @Test
    @Requirement("RFC6749-3.1.2")
    void theQueryOfARegisteredRedirectUriIsKept() {
        ClientFlow orchard = TestClient.ready("orchard-finance")
                .flow()
                .returningTo("http://localhost:3000/callback?dummy1=lorem&dummy2=ipsum");

        Map<String, String> answer = orchard.push().approve(ClientFlow.COMPLETE);

        assertThat(answer)
                .containsOnlyKeys("dummy1", "dummy2", "code", "state", "iss")
                .containsEntry("dummy1", "lorem")
                .containsEntry("dummy2", "ipsum");
    }

    @Test
    void aRequestThatNobodyDecidesLapses() {
        flow.push();

        clock.advance(Duration.ofMinutes(16));

        flow.decision(ClientFlow.COMPLETE, "approve").send().isProblem(400, "invalid_request_uri");
    }

    @Test
    void aClientSuspendedInTheMeantimeGetsNoCode() {
        TestClient suspended = TestClient.registered(clients, metadata -> {});
        ClientFlow open = suspended.flow().push();

        clients.suspend(new ClientId(suspended.id()));

        assertThat(open.decision(ClientFlow.COMPLETE, "approve").send().status())
                .isBetween(400, 499);
    }

    @Test
    void anErrorIsAPageForABrowserAndAProblemForAProgram() {
        Call.to("GET", "/fapi/auth").send().isProblem(400, "missing_parameter");
        Call.to("GET", "/fapi/auth").header("Accept", "text/html").send().isErrorPage(400, "missing_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\" onload=\"x"})
    @Requirement("RFC6749-10.14")
    void whatCameIsShownAsText(String evil) {
        String query = "?client_id=harbour-bank&request_uri=" + URLEncoder.encode(evil, StandardCharsets.UTF_8);

        Answer answer = Call.to("GET", "/fapi/auth" + query)
                .header("Accept", "text/html")
                .send();

        answer.isErrorPage(400, "invalid_request_uri");
        assertThat(answer.body()).doesNotContain(evil);
    }
}

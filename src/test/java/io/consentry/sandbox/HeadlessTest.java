package io.consentry.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.kernel.NationalId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a developer drives the sandbox with, without a browser: the very member names, and a word on every mistake. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class HeadlessTest {

    @Test
    @Requirement("CX-SBX-1")
    void readyClientsComeWithTheirPrivateKeys() throws ParseException {
        Answer answer = Call.to("GET", "/sandbox/clients").send().is(200);

        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.json()).hasSizeGreaterThanOrEqualTo(2);
        for (JsonNode client : answer.json()) {
            assertThat(names(client))
                    .containsExactlyInAnyOrder(
                            "client_id", "client_name", "redirect_uris", "scope", "optional_scope", "purpose", "jwks");
            assertThat(JWKSet.parse(client.path("jwks").toString()).getKeys()).allMatch(key -> key.isPrivate());
        }
    }

    @Test
    @Requirement("CX-SBX-1")
    void personasAreInventedPeopleWithValidNumbers() {
        JsonNode personas = Call.to("GET", "/sandbox/personas").send().is(200).json();

        assertThat(personas).hasSizeGreaterThanOrEqualTo(12);
        for (JsonNode persona : personas) {
            assertThat(names(persona)).containsExactlyInAnyOrder("uinfin", "name", "tags", "summary");
            assertThat(NationalId.isValid(persona.path("uinfin").asText())).isTrue();
        }
        assertThat(personas).anyMatch(persona -> persona.path("uinfin").asText().equals("S9812381D"));
    }

    @Test
    @Requirement("CX-SBX-1")
    void aDecisionAnswersWhereTheBrowserWouldGo() {
        ClientFlow flow = TestClient.ready("harbour-bank").flow().push();

        Answer answer = flow.decision(ClientFlow.COMPLETE, "approve").send().is(200);

        assertThat(names(answer.json())).containsExactly("redirect_to");
        assertThat(answer.text("redirect_to")).startsWith(flow.client().redirectUri() + "?code=");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, missing_parameter",
        "'{\"client_id\":\"harbour-bank\",\"request_uri\":\"urn:x\",\"decision\":\"approve\"}', missing_parameter",
        "'{\"client_id\":\"harbour-bank\",\"uinfin\":\"S9812381D\",\"decision\":\"approve\"}', missing_parameter",
        "'{\"request_uri\":\"urn:x\",\"uinfin\":\"S9812381D\",\"decision\":\"approve\"}', missing_parameter",
        "'{\"client_id\":\"harbour-bank\",\"request_uri\":\"urn:x\",\"uinfin\":\"S9812381D\"}', missing_parameter",
        "'{\"client_id\":\"harbour-bank\",\"request_uri\":\"urn:x\",\"uinfin\":\"S9812381D\",\"decision\":\"maybe\"}', invalid_parameter",
        "'{\"client_id\":\"not a client\",\"request_uri\":\"urn:x\",\"uinfin\":\"S9812381D\",\"decision\":\"approve\"}', invalid_parameter",
        "'{\"client_id\":\"nobody\",\"request_uri\":\"urn:x\",\"uinfin\":\"S9812381D\",\"decision\":\"approve\"}', invalid_request_uri",
        "'{\"client_id\":\"harbour-bank\",\"request_uri\":\"urn:x\",\"uinfin\":\"S9812381D\",\"decision\":\"approve\",\"declined\":[\"shoesize\"]}', unknown_scope",
        "'{\"client_id\":\"harbour-bank\",\"request_uri\":\"urn:x\",\"uinfin\":\"S9812381D\",\"decision\":\"approve\",\"declined\":[null]}', unknown_scope",
        "null, missing_parameter",
    })
    @Requirement("CX-7")
    void aDecisionThatIsNoneIsExplained(String body, String code) {
        Call.json("POST", "/sandbox/decisions", body).send().isProblem(400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"S0000000A", "S1234567D", "nobody", "9812381", "S9812381D'--", "\\u0000", " "})
    @Requirement("CX-7")
    void somebodyUnknownCannotDecideNorSignIn(String uinfin) {
        ClientFlow flow = TestClient.ready("harbour-bank").flow().push();

        Answer decision =
                flow.decision(uinfin.replace("\\u0000", "\u0000"), "approve").send();
        Answer signIn = TestResident.signingIn(uinfin).send();

        if (uinfin.isBlank()) {
            decision.isProblem(400, "missing_parameter");
        } else {
            decision.isProblem(404, "unknown_person");
            assertThat(decision.body()).doesNotContain(uinfin);
        }
        signIn.isProblem(404, "unknown_person");
        assertThat(signIn.header("Set-Cookie")).isEmpty();
        flow.approve(ClientFlow.COMPLETE);
    }

    @Test
    void aDecisionCannotBeChanged() {
        ClientFlow flow = TestClient.ready("harbour-bank").flow().push();
        flow.approve(ClientFlow.COMPLETE);

        flow.decision(ClientFlow.COMPLETE, "deny").send().isProblem(409, "already_decided");
    }

    @Test
    void aRequestThatOnePersonWasShownIsNotAnothers() {
        ClientFlow flow =
                TestClient.ready("harbour-bank").flow().asking("openid name").push();
        flow.decision(ClientFlow.COMPLETE, "approve", "name").send().isProblem(400, "not_optional");

        flow.decision("S7685213H", "approve").send().isProblem(404, "interaction_not_found");

        flow.approve(ClientFlow.COMPLETE);
    }

    @Test
    @Requirement("CX-SBX-1")
    void signingInAnswersNothingButTheCookie() {
        Answer answer = TestResident.signingIn("S9812381D").send();

        assertThat(answer.is(204).body()).isEmpty();
        assertThat(answer.header("Set-Cookie")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"uinfin\":null}", "null", ""})
    void signingInNeedsAPerson(String body) {
        Call.json("POST", "/sandbox/sign-in", body).send().isProblem(400, "missing_parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /sandbox/agencies/nobody/fault, '{\"kind\":\"down\"}', 404, not_found",
        "PUT, /sandbox/agencies/hdb/fault, '{}', 400, malformed_request",
        "PUT, /sandbox/agencies/hdb/fault, '{\"kind\":\"sulk\"}', 400, malformed_request",
        "PUT, /sandbox/agencies/hdb/fault, 'null', 400, malformed_request",
        "PUT, /sandbox/agencies/hdb/fault, '', 400, malformed_request",
        "PUT, /sandbox/agencies/hdb/fault, '{\"kind\":\"slow\",\"seconds\":\"x\"}', 400, malformed_request",
    })
    @Requirement("CX-7")
    void aFaultThatIsNoneIsExplained(String method, String path, String body, int status, String code) {
        Call.json(method, path, body).send().isProblem(status, code);
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}

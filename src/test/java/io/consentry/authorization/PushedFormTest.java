package io.consentry.authorization;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a pushed request is written down: one well-formed form, and nothing else (RFC 9126 §2.1, RFC 6749 §3.2). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class PushedFormTest {

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "GET"})
    @Requirement("RFC9126-2.3")
    void onlyPostPushes(String method) {
        Answer answer = flow.par().method(method).send();

        answer.isRefused(405, "invalid_request", "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "nonsense",
                "application/x-www-form-urlencoded-not"
            })
    @Requirement("RFC9110-15.5.16")
    void onlyAFormIsRead(String type) {
        Answer answer = flow.par().header("Content-Type", type).send();

        answer.isRefused(415, "invalid_request", "unsupported_content_type");
    }

    @Test
    void aFormIsUtf8WhateverCharsetItClaims() {
        flow.par()
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .send()
                .is(201);
        flow.par()
                .header("Content-Type", "application/x-www-form-urlencoded; charset=no-such-thing")
                .send()
                .is(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "*/*", "application/json, */*;q=0.1", "text/html", "application/jwt", ""})
    void theAnswerIsJsonWhateverIsAccepted(String accept) {
        flow.par().header("Accept", accept).send().is(201);
    }

    @Test
    @Requirement("RFC9110-15.5.14")
    @Requirement("RFC9126-2.3")
    void aBodyOfMoreThan64KIsRefused() {
        String form = flow.par().encodedForm() + "&padding=" + "x".repeat(70_000);

        form(form).send().isRefused(413, "invalid_request", "body_too_large");
    }

    @Test
    void anEmptyBodyIsRefused() {
        form("").send().isRefused(401, "invalid_client", "missing_client_assertion");
    }

    @Test
    void theQueryIsNoPlaceForParameters() {
        flow.par()
                .without("redirect_uri")
                .appending("?redirect_uri=" + URLEncoder.encode(bank.redirectUri(), StandardCharsets.UTF_8))
                .send()
                .isRefused(400, "invalid_request", "missing_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "redirect_uri", "scope", "state", "code_challenge", "client_assertion_type"})
    @Requirement("RFC6749-3.1")
    void aParameterSentTwiceIsRefused(String parameter) {
        flow.par().adding(parameter, "again").send().isRefused(400, "invalid_request", "duplicate_parameter");
    }

    @Test
    @Requirement("RFC6749-3.1")
    void anAssertionSentTwiceIsRefused() {
        flow.par()
                .adding("client_assertion", bank.assertion().build())
                .send()
                .isRefused(400, "invalid_request", "duplicate_parameter");
    }

    @Test
    @Requirement("RFC6749-3.1")
    void anEmptyParameterCountsAsAbsent() {
        flow.par().with("redirect_uri", "").send().isRefused(400, "invalid_request", "missing_parameter");
    }

    @Test
    @Requirement("RFC6749-3.1")
    void aParameterThatIsNotKnownIsPassedOver() {
        flow.par().with("unheard_of", "value").send().is(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\u0007", "line\nbreak", "\u007f", "\u0085"})
    void aControlCharacterIsRefused(String value) {
        flow.par().with("state", value).send().isRefused(400, "invalid_request", "malformed_request");
        flow.par().with("x" + value, "1").send().isRefused(400, "invalid_request", "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ED%A0%80", "%C0%AF", "%FF", "%E2%82", "%F5%80%80%80", "%", "%4", "%zz", "%u0041"})
    void aValueThatIsNoUtf8IsRefused(String encoded) {
        String form = flow.par().without("state").encodedForm() + "&state=" + encoded;

        form(form).send().isRefused(400, "invalid_request", "malformed_request");
    }

    @Test
    void aGiantValueIsRefused() {
        flow.par().with("scope", "name ".repeat(4000)).send().isRefused(400, "invalid_request", "malformed_request");
    }

    private static Call form(String body) {
        return Call.to("POST", "/fapi/par")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }
}

package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Mutations;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every parser that meets the network, fed with spoilt input: no 5xx, nothing of the inside, an error in one of our forms.
 * {@code -Dconsentry.seed} repeats a run, {@code -Dconsentry.soak} makes it ten times as long.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ProtocolFuzzTest {

    /** A longer address or header never becomes a request: the server below us hangs up. */
    private static final int LONGEST_PART_OF_AN_ADDRESS = 1_900;

    private static final int INPUTS = Boolean.getBoolean("consentry.soak") ? 20_000 : 2_100;

    @Test
    @Requirement("CX-FUZZ-1")
    void noInputBreaksTheServiceOrMakesItTalk() {
        long seed = Long.getLong("consentry.seed", System.nanoTime());
        TestClient bank = TestClient.ready("plain-lender");
        ClientFlow flow = bank.flow().asking("openid name").untilToken(ClientFlow.COMPLETE);
        TestResident resident = TestResident.signIn(ClientFlow.COMPLETE);
        List<Map.Entry<String, Function<Mutations, Call>>> parsers =
                new ArrayList<>(targets(bank, flow, resident).entrySet());
        for (int i = 0; i < INPUTS; i++) {
            var random = new Random(seed + i);
            var parser = parsers.get(i % parsers.size());

            Answer answer = parser.getValue().apply(new Mutations(random)).send();

            String what = parser.getKey() + ", repeat with -Dconsentry.seed=" + (seed + i);
            assertThat(answer.status()).as(what + ": " + answer.body()).isLessThan(500);
            if (answer.status() >= 400) {
                assertThat(answer.body()).as(what).contains("\"code\"").contains("\"trace_id\"");
            }
            answer.saysNothingOfTheInside();
        }
    }

    private static Map<String, Function<Mutations, Call>> targets(
            TestClient bank, ClientFlow flow, TestResident resident) {
        return Map.of(
                "the form of PAR",
                wrong -> form("/fapi/par", wrong.mutate(bank.flow().par().encodedForm())),
                "a parameter of PAR",
                wrong -> bank.flow()
                        .par()
                        .with(
                                wrong.oneOf(List.of(
                                        "redirect_uri",
                                        "scope",
                                        "state",
                                        "nonce",
                                        "code_challenge",
                                        "response_type",
                                        "dpop_jkt",
                                        "client_id")),
                                wrong.text()),
                "the assertion",
                wrong -> bank.flow()
                        .par()
                        .without("client_assertion")
                        .with("client_assertion", wrong.mutate(bank.assertion().build())),
                "a claim of the assertion",
                wrong -> bank.flow()
                        .par()
                        .assertion(jwt -> jwt.claim(
                                wrong.oneOf(List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti")), wrong.json())),
                "a header of the assertion",
                wrong -> bank.flow()
                        .par()
                        .assertion(jwt -> jwt.header(
                                wrong.oneOf(List.of("alg", "kid", "typ", "crit", "jwk", "x5c", "cty", "b64")),
                                wrong.json())),
                "a claim of the proof",
                wrong -> flow.userinfo()
                        .proof(jwt -> jwt.claim(
                                wrong.oneOf(List.of("htm", "htu", "iat", "jti", "ath", "nonce", "exp")), wrong.json())),
                "a header of the proof",
                wrong -> flow.userinfo()
                        .proof(jwt ->
                                jwt.header(wrong.oneOf(List.of("alg", "jwk", "typ", "crit", "kid")), wrong.json())),
                "the proof",
                wrong -> flow.userinfo()
                        .proofs()
                        .header(
                                "DPoP",
                                wrong.headerValue(
                                        wrong.mutate(flow.resourceProof("GET").build()))),
                "the request_uri",
                wrong -> Call.to(
                        "GET",
                        "/fapi/auth?client_id=" + encode(wrong.text()) + "&request_uri="
                                + encode(wrong.mutate(flow.requestUri()))),
                "the cookie and the token",
                wrong -> wrong.coin()
                        ? resident.call("GET", "/consents")
                                .header("Cookie", wrong.headerValue(wrong.mutate(resident.cookie())))
                        : flow.userinfo()
                                .header(
                                        "Authorization",
                                        wrong.headerValue(wrong.mutate("DPoP " + flow.accessToken()))));
    }

    private static Call form(String path, String body) {
        return Call.to("POST", path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }

    private static String encode(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String cut = encoded.substring(0, Math.min(encoded.length(), LONGEST_PART_OF_AN_ADDRESS));
        return cut.replaceFirst("%.?$", ""); // an escape that was cut through
    }
}

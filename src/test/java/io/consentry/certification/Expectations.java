package io.consentry.certification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.Service;
import io.consentry.testing.TestClock;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds for the answers of every module; a failed check here would be a failure or a warning of the certification. */
final class Expectations {

    private static final Set<String> OF_THE_REDIRECT_URI = Set.of("dummy1", "dummy2");
    private static final double LEAST_ENTROPY = 96;

    private Expectations() {}

    /** Bits by Shannon's formula over the characters of one value, as the certification measures. */
    static double entropy(String value) {
        var counts = new HashMap<Integer, Integer>();
        value.chars().forEach(letter -> counts.merge(letter, 1, Integer::sum));
        return counts.values().stream()
                .mapToDouble(count -> count * Math.log((double) value.length() / count) / Math.log(2))
                .sum();
    }

    static void pushed(Answer answer) {
        answer.is(201);
        isJson(answer);
        assertThat(entropy(answer.text("request_uri"))).isGreaterThan(LEAST_ENTROPY);
        assertThat(answer.json().path("expires_in").isIntegralNumber()).isTrue();
        assertThat(answer.json().path("expires_in").asLong()).isBetween(5L, 599L);
    }

    static void approved(ClientFlow flow, Map<String, String> answer, String state) {
        assertThat(answer.get("state")).isEqualTo(state);
        withoutState(flow, without(answer, "state"));
    }

    static void withoutState(ClientFlow flow, Map<String, String> answer) {
        assertThat(own(flow, answer)).containsExactlyInAnyOrder("code", "iss");
        assertThat(answer.get("iss")).isEqualTo(Service.issuer());
        assertThat(answer.get("code").length() * 6).isGreaterThanOrEqualTo(128);
        assertThat(entropy(answer.get("code"))).isGreaterThan(LEAST_ENTROPY);
    }

    static void refused(ClientFlow flow, Map<String, String> answer, String error) {
        assertThat(own(flow, answer)).containsExactlyInAnyOrder("error", "error_description", "state", "iss");
        assertThat(answer)
                .containsEntry("error", error)
                .containsEntry("state", flow.state())
                .containsEntry("iss", Service.issuer());
    }

    private static Set<String> own(ClientFlow flow, Map<String, String> answer) {
        Set<String> names = new HashSet<>(answer.keySet());
        if (flow.redirectUri().contains("?")) {
            assertThat(answer).containsEntry("dummy1", "lorem").containsEntry("dummy2", "ipsum");
            names.removeAll(OF_THE_REDIRECT_URI);
        }
        return names;
    }

    private static Map<String, String> without(Map<String, String> answer, String name) {
        var rest = new HashMap<>(answer);
        rest.remove(name);
        return rest;
    }

    static void redeemed(ClientFlow flow, Answer answer) {
        answer.is(200);
        isJson(answer);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(entropy(answer.text("access_token"))).isGreaterThan(LEAST_ENTROPY);
        assertThat(answer.json().path("expires_in").asLong()).isPositive();
        assertThat(answer.json().has("refresh_token")).isFalse();
        idToken(flow);
    }

    /** The claims of the ID token, with none that nobody asked for. */
    static JsonNode idToken(ClientFlow flow) {
        JsonNode claims = ReceivedRecord.claimsOf(flow.idToken(), flow.client());
        var names = new HashSet<String>();
        claims.fieldNames().forEachRemaining(names::add);
        assertThat(names).contains("iss", "sub", "aud", "exp", "iat");
        assertThat(names).isSubsetOf("iss", "sub", "aud", "exp", "iat", "nonce", "auth_time", "amr", "acr", "at_hash");
        assertThat(claims.path("iss").asText()).isEqualTo(Service.issuer());
        assertThat(claims.path("aud").asText()).isEqualTo(flow.client().id());
        long now = TestClock.now().getEpochSecond();
        assertThat(claims.path("iat").asLong()).isBetween(now - 300, now + 300);
        assertThat(claims.path("exp").asLong()).isGreaterThan(now);
        try {
            var header = com.nimbusds.jose.JWSObject.parse(flow.idToken()).getHeader();
            assertThat(header.getAlgorithm().getName()).isIn("ES256", "PS256");
            assertThat(header.getKeyID()).isNotBlank();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
        return claims;
    }

    static void resource(Answer answer) {
        answer.is(200);
        isJson(answer);
        assertThat(answer.header("Date")).isPresent();
    }

    /** An error of PAR or the token endpoint: JSON, one of these, in the characters of RFC 6749. */
    static void error(Answer answer, List<Integer> statuses, String... errors) {
        assertThat(answer.status()).as(answer.body()).isIn(statuses);
        isJson(answer);
        assertThat(answer.text("error")).as(answer.body()).isIn((Object[]) errors);
        assertThat(answer.text("error_description")).matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        assertThat(answer.status() == 401).isEqualTo(answer.text("error").equals("invalid_client"));
    }

    private static void isJson(Answer answer) {
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }
}

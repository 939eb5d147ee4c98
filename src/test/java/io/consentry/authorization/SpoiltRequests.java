package io.consentry.authorization;

import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.Mutations;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** For every parser that meets the network, requests that are valid but for one thing. */
final class SpoiltRequests {

    /** A longer address or header never becomes a request: the server below us hangs up. */
    private static final int LONGEST_PART_OF_AN_ADDRESS = 1_900;

    private static final List<String> PAR_PARAMETERS = List.of(
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "response_type",
            "response_mode",
            "dpop_jkt",
            "client_id",
            "claims",
            "acr_values",
            "max_age",
            "prompt",
            "login_hint",
            "id_token_hint",
            "ui_locales",
            "display",
            "request",
            "request_uri",
            "resource",
            "authorization_details",
            "authentication_context_type",
            "authentication_context_message",
            "redirect_uri_https_type",
            "app_launch_url",
            "client_assertion_type",
            "client_secret");

    private static final List<String> TOKEN_PARAMETERS = List.of(
            "code",
            "redirect_uri",
            "code_verifier",
            "grant_type",
            "client_id",
            "client_assertion_type",
            "scope",
            "refresh_token");

    private final TestClient bank;
    private final ClientFlow flow;
    private final ClientFlow toRevoke;
    private final TestResident resident;
    private final Map<String, Function<Mutations, Call>> targets = new LinkedHashMap<>();

    SpoiltRequests(TestClient bank, ClientFlow flow, ClientFlow toRevoke, TestResident resident) {
        this.bank = bank;
        this.flow = flow;
        this.toRevoke = toRevoke;
        this.resident = resident;
        forms();
        assertions();
        proofs();
        tokensAndCookies();
        addresses();
        json();
    }

    Map<String, Function<Mutations, Call>> targets() {
        return targets;
    }

    private void forms() {
        targets.put(
                "the form of PAR",
                wrong -> form("/fapi/par", wrong.mutate(bank.flow().par().encodedForm())));
        targets.put("a parameter of PAR", wrong -> bank.flow().par().with(wrong.oneOf(PAR_PARAMETERS), wrong.text()));
        targets.put("claims", wrong -> bank.flow().par().with("claims", wrong.jsonText()));
        targets.put("scope", wrong -> bank.flow().par().with("scope", wrong.mutate(bank.scope())));
        targets.put(
                "the form of the token endpoint",
                wrong -> form("/fapi/token", wrong.mutate(toRevoke.token().encodedForm())));
        targets.put(
                "a parameter of the token endpoint",
                wrong -> toRevoke.token().with(wrong.oneOf(TOKEN_PARAMETERS), wrong.text()));
        targets.put(
                "the form of revocation",
                wrong -> form("/fapi/revoke", wrong.mutate(toRevoke.revocation().encodedForm())));
        targets.put(
                "a parameter of revocation",
                wrong -> toRevoke.revocation()
                        .with(wrong.oneOf(List.of("token", "token_type_hint", "client_id")), wrong.text()));
        targets.put("bytes that are no text", this::oddBytes);
        targets.put("a parameter twice", wrong -> oneOf(wrong).adding(wrong.oneOf(PAR_PARAMETERS), wrong.text()));
        targets.put(
                "the content type",
                wrong -> oneOf(wrong)
                        .header(
                                "Content-Type",
                                wrong.headerValue(wrong.mutate("application/x-www-form-urlencoded; charset=utf-8"))));
        targets.put(
                "a giant value",
                wrong -> oneOf(wrong)
                        .with(wrong.oneOf(PAR_PARAMETERS), wrong.coin() ? "x".repeat(20_000) : "%C3%BC".repeat(3_000)));
    }

    /** PAR, token or revocation. */
    private Call oneOf(Mutations wrong) {
        return wrong.oneOf(List.of(bank.flow().par(), toRevoke.token(), toRevoke.revocation()));
    }

    private Call oddBytes(Mutations wrong) {
        String path = wrong.oneOf(List.of("/fapi/par", "/fapi/token", "/fapi/revoke", "/sandbox/sign-in"));
        String name = wrong.coin() ? "state" : wrong.oddEncoding();
        return form(path, bank.flow().par().encodedForm() + "&" + name + "=" + wrong.oddEncoding());
    }

    private void assertions() {
        List<String> claims = List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");
        List<String> headers =
                List.of("alg", "kid", "typ", "crit", "jwk", "jku", "x5u", "x5c", "x5t#S256", "cty", "b64", "zip");
        targets.put(
                "the assertion",
                wrong -> asserting(wrong.mutate(bank.assertion().build())));
        targets.put(
                "the parts of the assertion",
                wrong -> asserting(wrong.spoilCompact(bank.assertion().build())));
        targets.put(
                "a claim of the assertion",
                wrong -> bank.flow().par().assertion(jwt -> jwt.claim(wrong.oneOf(claims), wrong.json())));
        targets.put(
                "a header of the assertion",
                wrong -> bank.flow().par().assertion(jwt -> jwt.header(wrong.oneOf(headers), wrong.json())));
        targets.put("the text of the assertion", wrong -> bank.flow().par().assertion(spoiling(wrong)));
    }

    private Call asserting(String text) {
        return bank.flow().par().without("client_assertion").with("client_assertion", text);
    }

    /** Header or claims as JSON that no library would write, signed all the same. */
    private static UnaryOperator<Jwt> spoiling(Mutations wrong) {
        return jwt -> wrong.coin() ? jwt.headerText(wrong::spoilJson) : jwt.claimsText(wrong::spoilJson);
    }

    private void proofs() {
        List<String> claims = List.of("htm", "htu", "iat", "jti", "ath", "nonce", "exp", "nbf");
        List<String> headers = List.of("alg", "jwk", "typ", "crit", "kid", "b64");
        targets.put(
                "the proof",
                wrong -> proving(wrong, wrong.mutate(flow.resourceProof("GET").build())));
        targets.put(
                "the parts of the proof",
                wrong -> proving(
                        wrong, wrong.spoilCompact(flow.resourceProof("GET").build())));
        targets.put(
                "a claim of the proof",
                wrong -> proven(wrong).proof(jwt -> jwt.claim(wrong.oneOf(claims), wrong.json())));
        targets.put(
                "a header of the proof",
                wrong -> proven(wrong).proof(jwt -> jwt.header(wrong.oneOf(headers), wrong.json())));
        targets.put("the text of the proof", wrong -> proven(wrong).proof(spoiling(wrong)));
        targets.put(
                "the key of the proof",
                wrong -> proven(wrong).proof(jwt -> {
                    Map<String, Object> key =
                            new LinkedHashMap<>(flow.dpopKey().toPublicJWK().toJSONObject());
                    key.put(
                            wrong.oneOf(
                                    List.of("kty", "crv", "x", "y", "d", "k", "n", "e", "use", "alg", "kid", "x5c")),
                            wrong.json());
                    return jwt.header("jwk", key);
                }));
    }

    private Call proving(Mutations wrong, String text) {
        return proven(wrong).proofs().header("DPoP", wrong.headerValue(text));
    }

    /** A request that carries a proof. */
    private Call proven(Mutations wrong) {
        return wrong.oneOf(List.of(flow.userinfo(), flow.userinfo(), bank.flow().par(), toRevoke.token()));
    }

    private void tokensAndCookies() {
        targets.put(
                "the cookie",
                wrong -> resident.call("GET", "/consents")
                        .header("Cookie", wrong.headerValue(wrong.mutate(resident.cookie()))));
        targets.put(
                "the Authorization header",
                wrong -> flow.userinfo()
                        .header("Authorization", wrong.headerValue(wrong.mutate("DPoP " + flow.accessToken()))));
        targets.put(
                "the request for the record",
                wrong -> flow.userinfo()
                        .method(wrong.oneOf(List.of("GET", "POST")))
                        .appending("?" + encode(wrong.text()) + "=" + encode(wrong.text()))
                        .header("Content-Type", wrong.headerValue(wrong.text()))
                        .body(wrong.text()));
        targets.put(
                "a header",
                wrong -> wrong.oneOf(List.of(
                                flow.userinfo(),
                                flow.authorize(),
                                bank.flow().par(),
                                resident.call("GET", "/consents")))
                        .header(
                                wrong.oneOf(List.of(
                                        "Accept",
                                        "Accept-Language",
                                        "x-fapi-interaction-id",
                                        "traceparent",
                                        "baggage",
                                        "Origin",
                                        "Sec-Fetch-Site",
                                        "X-Forwarded-For",
                                        "Forwarded",
                                        "Range",
                                        "If-None-Match",
                                        "Accept-Encoding")),
                                wrong.headerValue(wrong.text())));
    }

    private void addresses() {
        targets.put(
                "the request_uri",
                wrong -> Call.to(
                        "GET",
                        "/fapi/auth?client_id=" + encode(wrong.coin() ? bank.id() : wrong.text()) + "&request_uri="
                                + encode(wrong.mutate(flow.requestUri()))));
        targets.put(
                "the query of the authorization endpoint",
                wrong -> flow.authorize()
                        .appending("&" + encode(wrong.text()) + "="
                                + wrong.oneOf(List.of(encode(wrong.text()), encode(wrong.jsonText())))));
        targets.put(
                "a part of a path",
                wrong -> Call.to(
                                "GET",
                                wrong.oneOf(List.of(
                                                "/consent/",
                                                "/docs/errors/",
                                                "/me/consents/",
                                                "/api/me/consents/",
                                                "/fapi/",
                                                "/.well-known/",
                                                "/sandbox/agencies/ica/",
                                                "/sandbox/agencies/",
                                                "/bank/"))
                                        + segment(wrong))
                        .header("Cookie", resident.cookie()));
        targets.put("a grant's address", wrong -> resident.call("POST", "/consents/" + segment(wrong) + "/withdraw"));
        targets.put(
                "the pages of the activity",
                wrong -> resident.call(
                        "GET", "/activity?before=" + encode(wrong.text()) + "&limit=" + encode(wrong.text())));
        targets.put(
                "a form of the consent page",
                wrong -> form(
                                "/consent/" + (wrong.coin() ? UUID.randomUUID().toString() : segment(wrong)),
                                "decision=" + encode(wrong.text()) + "&csrf=" + encode(wrong.text()) + "&share="
                                        + encode(wrong.text()))
                        .header("Cookie", resident.cookie()));
        targets.put(
                "where to go after signing in",
                wrong -> Call.to(
                        "GET",
                        wrong.oneOf(List.of("/sign-in", "/sandbox/sign-in")) + "?return_to="
                                + encode(wrong.mutate("/consent/x")) + "&find=" + encode(wrong.text())));
    }

    private void json() {
        String decision = "{\"client_id\":\"" + bank.id() + "\",\"request_uri\":\"" + flow.requestUri()
                + "\",\"uinfin\":\"" + ClientFlow.COMPLETE + "\",\"decision\":\"approve\",\"declined\":[\"name\"]}";
        targets.put(
                "the JSON of a decision",
                wrong -> Call.json(
                        "POST", "/sandbox/decisions", wrong.coin() ? wrong.spoilJson(decision) : wrong.jsonText()));
        targets.put(
                "the JSON of a sign-in",
                wrong -> Call.json(
                        "POST",
                        "/sandbox/sign-in",
                        wrong.coin() ? wrong.spoilJson("{\"uinfin\":\"S9812381D\"}") : wrong.jsonText()));
    }

    private static Call form(String path, String body) {
        return Call.to("POST", path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }

    private static String segment(Mutations wrong) {
        String encoded = encode(wrong.text());
        return encoded.isEmpty() ? "x" : encoded.replace("+", "%20");
    }

    private static String encode(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String cut = encoded.substring(0, Math.min(encoded.length(), LONGEST_PART_OF_AN_ADDRESS));
        return cut.replaceFirst("%.?$", ""); // an escape that was cut through
    }
}

package io.consentry.bank;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody at the bank, without a browser: keeps its cookie, and follows no redirect unless told. */
final class BankCustomer {

    /** What only the customer can tell. */
    static final Map<String, String> OWN = Map.of(
            "occupation", "Software engineer",
            "purpose", "DAILY",
            "funds", "SALARY",
            "tax", "HERE",
            "exposure", "NOBODY");

    private final String bank;
    private final String service;
    private String cookie = "";

    BankCustomer(int port) {
        this.bank = "http://127.0.0.1:" + port;
        this.service = "http://localhost:" + port;
    }

    RequestSpecification at(String origin) {
        RequestSpecification request =
                given().baseUri(origin).redirects().follow(false).accept("text/html");
        return cookie.isEmpty() || !origin.equals(bank) ? request : request.cookie("harbour_visit", cookie);
    }

    RequestSpecification atTheBank() {
        return at(bank);
    }

    String origin() {
        return bank;
    }

    String cookie() {
        return cookie;
    }

    /** Presses one of the two buttons; returns where the browser is sent. */
    URI start(String how) {
        Response answer = atTheBank().formParam("how", how).post("/bank/start");
        cookie = answer.cookie("harbour_visit");
        return URI.create(answer.header("Location"));
    }

    /** Goes to Consentry and decides there; returns the way back. */
    URI decide(String uinfin, String decision) {
        Map<String, String> query = query(start("consentry"));
        String back = given().baseUri(service)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "client_id",
                        query.get("client_id"),
                        "request_uri",
                        query.get("request_uri"),
                        "uinfin",
                        uinfin,
                        "decision",
                        decision))
                .post("/sandbox/decisions")
                .path("redirect_to");
        return URI.create(back);
    }

    Response follow(URI address) {
        return atTheBank().urlEncodingEnabled(false).get(address);
    }

    /** To the filled form of a person. */
    Response fill(String uinfin) {
        Response back = follow(decide(uinfin, "approve"));
        return back.statusCode() == 303 ? form() : back;
    }

    Response form() {
        return atTheBank().get("/bank/form");
    }

    Response send(Map<String, String> answers) {
        return atTheBank().formParams(answers).post("/bank/form");
    }

    static Map<String, String> with(Map<String, String> answers, String... more) {
        Map<String, String> all = new LinkedHashMap<>(answers);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** The answers of somebody whose form came filled, with every card marked. */
    static Map<String, String> confirmed() {
        return with(
                OWN,
                "mobile",
                "+65 80001234",
                "email",
                "clarissa.tan@example.com",
                "marital",
                "MARRIED",
                "correct-about",
                "yes",
                "correct-contact",
                "yes",
                "correct-home",
                "yes",
                "correct-work",
                "yes",
                "correct-cpf",
                "yes");
    }

    static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : uri.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}

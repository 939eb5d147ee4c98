package io.consentry.source;

import static io.restassured.RestAssured.given;

import io.consentry.kernel.NationalId;
import io.restassured.http.ContentType;
import java.util.List;

/** The mock agencies as a test sees them: over HTTP, like the adapters. */
final class Agencies {

    /** Somebody of whom every agency holds something. */
    static final NationalId COMPLETE = new NationalId("S9812381D");

    private Agencies() {}

    static void misbehave(String agency, String kind) {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"" + kind + "\"}")
                .put("/sandbox/agencies/{agency}/fault", agency)
                .then()
                .statusCode(204);
    }

    /** One wrong value at a place of its answers, as JSON. */
    static void misprint(String agency, String at, String value) {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"malformed\",\"at\":\"" + at + "\",\"value\":" + value + "}")
                .put("/sandbox/agencies/{agency}/fault", agency)
                .then()
                .statusCode(204);
    }

    static void behave(String agency) {
        given().delete("/sandbox/agencies/{agency}/fault", agency).then().statusCode(204);
    }

    static NationalId taggedWith(String tag) {
        List<String> found = given().get("/sandbox/personas")
                .jsonPath()
                .getList("findAll { it.tags.contains('" + tag + "') }.uinfin", String.class);
        return new NationalId(found.getFirst());
    }

    static List<NationalId> people() {
        return given().get("/sandbox/personas").jsonPath().getList("uinfin", String.class).stream()
                .map(NationalId::new)
                .toList();
    }
}

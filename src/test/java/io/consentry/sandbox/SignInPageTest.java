package io.consentry.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.Handle;
import io.consentry.kernel.Settings;
import io.consentry.person.Assurance;
import io.consentry.person.Sessions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SignInPageTest {

    @Inject
    Settings settings;

    @Inject
    Sessions sessions;

    @Test
    void everybodyIsThereWithTagsInWords() {
        String page = page().get("/sandbox/sign-in").asString();

        assertThat(page).contains("TAN HUI WEN CLARISSA", "owns an HDB flat", "permanent resident", "22 people");
    }

    @Test
    void aWordNarrowsThePeople() {
        String page =
                page().queryParam("find", "iras down").get("/sandbox/sign-in").asString();

        assertThat(page).contains("TEO BOON KIAT").doesNotContain("TAN HUI WEN CLARISSA");
    }

    @Test
    void aTickAddsTheFaceToTheSession() {
        Response without = choose("S9812381D", "/me", null);
        Response with =
                page().formParam("uinfin", "S9812381D").formParam("face", "yes").post("/sandbox/sign-in");

        assertThat(page().get("/sandbox/sign-in").asString()).contains("type=\"checkbox\" name=\"face\"");
        assertThat(level(without.cookie("consentry_session"))).isEqualTo(Assurance.TWO_FACTORS);
        assertThat(level(with.cookie("consentry_session"))).isEqualTo(Assurance.FACE);
    }

    private Assurance level(String cookie) {
        return sessions.find(new Handle(cookie)).orElseThrow().assurance();
    }

    @Test
    void choosingSignsInUnderANewSessionAndGoesOn() {
        Response first = choose("S9812381D", "/me?page=2", null);
        String session = first.cookie("consentry_session");

        Response second = choose("S7685213H", "/me", session);

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.header("Location")).isEqualTo(settings.baseUrl() + "/me?page=2");
        assertThat(second.cookie("consentry_session")).isNotEqualTo(session);
        given().cookie("consentry_session", session)
                .get("/api/me/consents")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "/%0d%0aLocation:x y",
                "\\\\evil.example",
                "javascript:alert(1)",
                "evil",
                "/a b"
            })
    void onlyPathsOfOurOwnAreReturnedTo(String elsewhere) {
        Response answer = choose("S9812381D", elsewhere, null);

        assertThat(answer.header("Location")).isEqualTo(settings.baseUrl() + "/me");
    }

    @Test
    void anotherSiteCannotSignAnybodyIn() {
        Response answer = page().header("Origin", "http://127.0.0.1:" + settings.port())
                .formParam("uinfin", "S9812381D")
                .post("/sandbox/sign-in");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void markupInALinkStaysText() {
        String page = page().queryParam("find", "\"><script>alert(1)</script>")
                .queryParam("return_to", "/\"><script>alert(1)</script>")
                .get("/sandbox/sign-in")
                .asString();

        assertThat(page).doesNotContain("<script>alert").contains("Nobody fits");
    }

    private Response choose(String uinfin, String returnTo, String session) {
        RequestSpecification request = page().formParam("uinfin", uinfin).formParam("return_to", returnTo);
        return (session == null ? request : request.cookie("consentry_session", session)).post("/sandbox/sign-in");
    }

    private static RequestSpecification page() {
        return given().accept("text/html").redirects().follow(false);
    }
}

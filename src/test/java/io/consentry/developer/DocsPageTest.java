package io.consentry.developer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.consentry.client.Leniency;
import io.consentry.kernel.FaultCode;
import io.consentry.ledger.EventKind;
import io.consentry.requirement.Requirement;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The front door, the API reference and the error pages. */
@QuarkusTest
class DocsPageTest {

    private static final List<String> PUBLIC = List.of(
            "/fapi/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server/fapi",
            "/.well-known/keys",
            "/fapi/par",
            "/fapi/auth",
            "/fapi/token",
            "/fapi/userinfo",
            "/fapi/revoke",
            "/fapi/events/poll",
            "/api/me/consents",
            "/api/me/consents/{grant_id}",
            "/api/me/consents/{grant_id}/withdraw",
            "/api/me/consents/{grant_id}/pause",
            "/api/me/consents/{grant_id}/resume",
            "/api/me/consents/{grant_id}/narrow",
            "/api/me/consents/{grant_id}/versions",
            "/api/me/consents/{grant_id}/releases",
            "/api/me/consents/{grant_id}/events",
            "/api/me/consents/{grant_id}/obligations",
            "/api/me/consents/{grant_id}/record",
            "/api/me/consents/export",
            "/schemas/{file}",
            "/api/me/activity",
            "/sandbox/clients",
            "/sandbox/personas",
            "/sandbox/decisions",
            "/sandbox/sign-in");

    @Test
    void everyErrorCodeHasItsTexts() {
        for (FaultCode code : FaultCode.values()) {
            assertThat(ErrorTexts.means(code, Locale.ENGLISH))
                    .as("%s.means in developer/errors.properties", code.code())
                    .isNotBlank()
                    .isNotEqualTo(code.title());
            assertThat(ErrorTexts.remedy(code, Locale.ENGLISH))
                    .as("%s.do in developer/errors.properties", code.code())
                    .isNotBlank();
        }
    }

    @Test
    void everyErrorCodeHasAPageAndOthersHaveNone() {
        for (FaultCode code : FaultCode.values()) {
            assertThat(page("/docs/errors/" + code.code()).asString()).contains(code.code());
        }
        assertThat(page("/docs/errors/nonsense").statusCode()).isEqualTo(404);
        assertThat(page("/docs/errors").asString()).contains("consent_withdrawn");
    }

    /** After a change, write it anew: {@code ./mvnw package -DskipTests -Dquarkus.smallrye-openapi.store-schema-directory=openapi}. */
    @Test
    void theDocumentInTheRepositoryIsThatOfTheRunningService() throws Exception {
        String management = ConfigProvider.getConfig().getValue("quarkus.management.test-port", String.class);

        String served =
                given().get("http://localhost:" + management + "/q/openapi").asString();

        String stored = Files.readString(Path.of("openapi", "openapi.yaml"));
        assertThat(new YAMLMapper().readTree(stored)).isEqualTo(new YAMLMapper().readTree(served));
        assertThat(given().get("/docs/openapi.yaml").asString()).isEqualTo(stored);
    }

    @Test
    void theReferenceShowsEveryPublicAddressAndNoInternalOne() {
        String html = page("/docs").asString();

        assertThat(html).contains(PUBLIC).doesNotContain("/sandbox/agencies", "/q/");
    }

    @Test
    void thePageAboutEventsNamesEveryKindUnderTheIssuer() {
        String html = page("/docs/events").asString();

        for (EventKind kind : EventKind.values()) {
            assertThat(html.contains("/fapi/events/" + kind.wire() + "</code>"))
                    .as(kind.wire())
                    .isEqualTo(kind.isTold());
        }
        assertThat(html).contains("secevent+jwt", "/.well-known/keys", "{\n  \"maxEvents\"");
    }

    @Test
    @Requirement("CX-LENIENT-2")
    void everyLeniencyIsExplained() {
        String html = page("/docs/leniencies").asString();

        for (Leniency leniency : Leniency.values()) {
            LeniencyTexts texts = LeniencyTexts.of(leniency, Locale.ENGLISH);
            assertThat(html).contains("<code>" + leniency.wire() + "</code>");
            assertThat(List.of(texts.allows(), texts.clause(), texts.leave()))
                    .allSatisfy(text -> assertThat(text).hasSizeGreaterThan(40));
        }
    }

    @Test
    void theFrontDoorIsOneClickFromTryingIt() {
        String html = page("/").asString();

        assertThat(html)
                .containsPattern("href=\"http://127\\.0\\.0\\.1:\\d+/bank\"")
                .contains("href=\"/me\"", "href=\"/docs\"", "TAN HUI WEN CLARISSA", "harbour-bank");
    }

    @Test
    void noPageHoldsInlineScriptOrStyleOrAForeignAddress() {
        for (String path : List.of(
                "/",
                "/docs",
                "/docs/errors",
                "/docs/errors/not_found",
                "/docs/leniencies",
                "/docs/events",
                "/nothing")) {
            String html = page(path).asString();
            assertThat(html).as(path).doesNotContain(" style=", "<style", "<script>", " onclick");
            assertThat(html)
                    .as(path)
                    .doesNotContainPattern("(src|srcset)=\"https?:")
                    .doesNotContainPattern("<link[^>]+href=\"https?:");
        }
    }

    @Test
    void aFirstLoadStaysUnderAHundredKilobytes() throws Exception {
        String html = page("/").asString();

        int bytes = html.length();
        var asset =
                Pattern.compile("(?:src|href)=\"(/(?:assets|webjars)/[^\"]+)\"").matcher(html);
        while (asset.find()) {
            bytes += transferred(asset.group(1));
        }

        assertThat(bytes).isLessThan(100 * 1024);
    }

    private static int transferred(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Accept-Encoding", "gzip")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
        }
    }

    private static Response page(String path) {
        return given().accept("text/html").get(path);
    }
}

package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.Service;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error has one of our forms and the headers of every answer, even one that no resource ever saw. */
@QuarkusTest
class ErrorFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/api/me/nothing", "/sandbox/nothing", "/%20", "/..%2f..%2fetc/passwd", "/q/nothing"
            })
    @Requirement("CX-7")
    void anUnknownAddressIsAProblem(String path) {
        Call.to("GET", path).send().isProblem(404, "not_found");
    }

    @Test
    @Requirement("CX-7")
    void anUnknownAddressUnderTheIssuerIsAnOauthError() {
        Call.to("GET", "/fapi/nothing").send().isRefused(404, "invalid_request", "not_found");
        Call.to("POST", "/fapi/nothing").with("a", "b").send().isRefused(404, "invalid_request", "not_found");
    }

    @Test
    @Requirement("CX-7")
    void anUnknownAddressIsAPageForABrowser() {
        Call.to("GET", "/nothing")
                .header("Accept", "text/html,application/xhtml+xml")
                .send()
                .isErrorPage(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/me/consents",
        "PUT, /sandbox/sign-in",
        "POST, /.well-known/keys",
        "PATCH, /sandbox/decisions"
    })
    @Requirement("CX-7")
    void aMethodThatIsNotThereIsAProblem(String method, String path) {
        Answer answer = Call.to(method, path).send();

        answer.isProblem(405, "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/consent/00000000-0000-0000-0000-000000000000",
                "/me/consents/x/pause",
                "/me/consents/x/resume",
                "/me/consents/x/narrow",
                "/me/consents/x/withdraw",
                "/sign-out"
            })
    @Requirement("CX-7")
    void aFormOfAnotherTypeIsRefusedBeforeItIsRead(String path) {
        for (String type : List.of("multipart/form-data; boundary=x", "multipart/form-data", "text/plain")) {
            Answer answer =
                    Call.to("POST", path).header("Content-Type", type).body("x").send();

            assertThat(answer.status()).as(type).isEqualTo(415);
            answer.saysNothingOfTheInside();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"///", "/", "application", ";", "*/*", "application/*", "a/b/c", "application/json;;=", "\""})
    @Requirement("CX-7")
    void aContentTypeThatIsNoneIsAProblem(String type) {
        for (String path : List.of("/sandbox/sign-in", "/sandbox/receiver/kopi-rental", "/fapi/par", "/fapi/token")) {
            Answer answer =
                    Call.to("POST", path).header("Content-Type", type).body("x").send();

            assertThat(answer.status()).as(path + " " + type).isBetween(400, 499);
            answer.saysNothingOfTheInside();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sandbox/sign-in", "/sandbox/decisions"})
    @Requirement("CX-7")
    void aBodyOfAnotherTypeIsAProblem(String path) {
        Call.to("POST", path)
                .header("Content-Type", "text/plain")
                .body("x")
                .send()
                .isProblem(415, "unsupported_content_type");
        Call.to("POST", "/sandbox/decisions").with("uinfin", "x").send().isProblem(415, "unsupported_content_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "[]",
                "\"text\"",
                "{\"uinfin\":{}}",
                "{\"uinfin\":[1]}",
                "{\"uinfin\":\"\\ud800\",}",
                "{\"declined\":\"name\"}",
                "{\"uinfin\":\"S9812381D\",\"uinfin\":\"S7685213H\"}",
                "{\"declined\":[[]]}",
                "\u0000",
            })
    @Requirement("CX-7")
    void aBodyThatIsNotTheJsonExpectedIsAProblem(String body) {
        Answer answer = Call.json("POST", "/sandbox/decisions", body).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        answer.saysNothingOfTheInside();
        assertThat(answer.code()).isIn("malformed_request", "missing_parameter");
        Call.json("POST", "/sandbox/sign-in", "{\"uinfin\":").send().isProblem(400, "malformed_request");
        Call.json("PUT", "/sandbox/agencies/hdb/fault", "{\"kind\":").send().isProblem(400, "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uinfin=%zz", "%=x", "uinfin=%4", "%FF%=%u0041"})
    @Requirement("CX-7")
    void aFormWithABrokenEscapeIsAProblem(String form) {
        for (String path :
                new String[] {"/sandbox/sign-in", "/consent/8a4b5a6e-2f7e-4f5e-9d52-3f1f2b7d0c11", "/sign-out"}) {
            Call.to("POST", path)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body(form)
                    .send()
                    .isProblem(400, "malformed_request");
        }
    }

    @Test
    void deepNestingIsRefused() {
        Call.json("POST", "/sandbox/sign-in", "[".repeat(20_000)).send().isProblem(400, "malformed_request");
        Call.json("POST", "/sandbox/decisions", "{\"a\":".repeat(5_000)).send().isProblem(400, "malformed_request");
    }

    @Test
    @Requirement("CX-7")
    void aBodyOfMoreThan64KIsAProblemWhateverItIsSentTo() {
        String large = "{\"uinfin\":\"" + "x".repeat(70_000) + "\"}";

        Call.json("POST", "/sandbox/sign-in", large).send().isProblem(413, "body_too_large");
        Call.json("POST", "/nothing", large).send().isProblem(413, "body_too_large");
        Call.json("POST", "/fapi/userinfo", large).send().isRefused(413, "invalid_request", "body_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "/sandbox/sign-in, application/json, HTTP_1_1",
        "/fapi/par, application/x-www-form-urlencoded, HTTP_1_1",
        "/fapi/par, application/x-www-form-urlencoded, HTTP_2",
    })
    @Requirement("CX-7")
    void aBodyThatHidesItsLengthIsCutOff(String path, String type, HttpClient.Version version) throws Exception {
        byte[] large = ("{\"uinfin\":\"" + "x".repeat(200_000) + "\"}").getBytes(StandardCharsets.US_ASCII);
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(Service.base() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();

        HttpResponse<String> answer;
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            answer = client.send(chunked, HttpResponse.BodyHandlers.ofString());
        }

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"body_too_large\"").contains("\"trace_id\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
    void aSmallBodyMayHideItsLength(HttpClient.Version version) throws Exception {
        byte[] small = "{\"uinfin\":\"S9812381D\"}".getBytes(StandardCharsets.US_ASCII);
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(Service.base() + "/sandbox/sign-in"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(small)))
                .build();

        HttpResponse<String> answer;
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            answer = client.send(chunked, HttpResponse.BodyHandlers.ofString());
        }

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1",
                "GET /%",
                "GET /\u0001 HTTP/1.1",
                "GET http:// HTTP/1.1",
                "NONSENSE",
                "GET /fapi/%c0%ae%c0%ae HTTP/1.1"
            })
    void aRequestLineThatIsNoneIsRefusedInSilence(String line) throws IOException {
        String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.").contains(" 4");
        assertThat(answer).doesNotContain("Exception", "io.vertx", "\tat ");
    }

    @Test
    void headersWithoutEndAreRefused() throws IOException {
        String answer =
                raw("GET /fapi/auth HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(70_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.").contains(" 431 ");
        assertThat(answer).doesNotContain("Exception", "io.vertx", "\tat ");
    }

    @Test
    @Requirement("CX-HTTP-4")
    void anAddressThatIsTooLongIsRefusedInOurForm() {
        String query = "?a=" + "x".repeat(8_000);

        Call.to("GET", "/nothing" + query).send().isProblem(414, "address_too_long");
        Call.to("GET", "/fapi/par" + query).send().isRefused(414, "invalid_request", "address_too_long");
        Call.to("GET", "/fapi/auth" + query)
                .header("Accept", "text/html")
                .send()
                .isErrorPage(414, "address_too_long");
    }

    @Test
    @Requirement("CX-HTTP-4")
    void headersThatAreTooLargeAreRefusedInOurForm() {
        String large = "x".repeat(25_000);

        Call.to("GET", "/nothing").header("X-Large", large).send().isProblem(431, "headers_too_large");
        Call.to("POST", "/fapi/par")
                .with("a", "b")
                .header("DPoP", large)
                .send()
                .isRefused(431, "invalid_request", "headers_too_large");
    }

    @Test
    @Requirement("CX-HTTP-4")
    void whatIsLargeAndNotTooLargeIsServed() {
        Call.to("GET", "/.well-known/keys?a=" + "x".repeat(7_000))
                .header("X-Large", "x".repeat(20_000))
                .send()
                .is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/fapi/nothing",
                "/fapi/auth",
                "/fapi/userinfo",
                "/api/me/consents",
                "/.well-known/keys",
                "/fapi/.well-known/openid-configuration",
                "/sandbox/personas",
                "/assets/consentry.css",
            })
    @Requirement("CX-HTTP-1")
    void everyAnswerCarriesTheStrictHeaders(String path) {
        Answer answer = Call.to("GET", path).send();

        assertThat(answer.header("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'none'").contains("frame-ancestors 'none'"));
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.header("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.header("Referrer-Policy")).isPresent();
        assertThat(answer.header("Cache-Control")).isPresent();
        assertThat(answer.header("X-Trace-Id")).isPresent();
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @Requirement("RFC9110-6.6.1")
    void everyAnswerCarriesItsDate() {
        for (String path : new String[] {"/nothing", "/.well-known/keys", "/fapi/userinfo"}) {
            String date = Call.to("GET", path).send().header("Date").orElseThrow();
            Instant sent = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            assertThat(sent)
                    .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(1));
        }
    }

    @Test
    void everyRequestHasATraceIdOfItsOwn() {
        String one = Call.to("GET", "/nothing").send().header("X-Trace-Id").orElseThrow();
        String other = Call.to("GET", "/nothing").send().header("X-Trace-Id").orElseThrow();

        assertThat(one).matches("[0-9a-f]{32}").isNotEqualTo(other);
    }

    @Test
    @Requirement("CX-HTTP-2")
    void theHostHeaderIsNotBelieved() throws IOException {
        String answer = raw("GET /fapi/.well-known/openid-configuration HTTP/1.1\r\nHost: evil.example\r\n"
                + "X-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .doesNotContain("evil.example")
                .contains(Service.issuer().replace("/", "\\/"));
    }

    @Test
    void aPreflightFromAnotherSiteIsPromisedNothing() {
        Answer answer = TestResident.signingIn("S9812381D")
                .method("OPTIONS")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .send();

        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private static String raw(String request) throws IOException {
        URI base = URI.create(Service.base());
        try (var socket = new Socket("127.0.0.1", base.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "no answer to " + request.lines().findFirst().orElse(""), e);
        }
    }
}

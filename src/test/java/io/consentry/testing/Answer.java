package io.consentry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What came back, and what holds for every refusal, whichever it is. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    /** A member of the body, as text. */
    public String text(String member) {
        return json().path(member).asText();
    }

    /** The stable code of an error. */
    public String code() {
        return text("code");
    }

    /** Fails unless the status is this one. */
    public Answer is(int expected) {
        assertThat(status).as("status, with body %s", body).isEqualTo(expected);
        return this;
    }

    /** An OAuth error (RFC 6749 §5.2), complete and clean. */
    public Answer isRefused(int expected, String error, String code) {
        is(expected);
        isOurError(code);
        assertThat(header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(header("Cache-Control")).hasValue("no-store");
        assertThat(text("error")).as(body).isEqualTo(error);
        assertThat(text("error_description")).matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        return this;
    }

    /** A problem (RFC 9457), complete and clean. */
    public Answer isProblem(int expected, String code) {
        is(expected);
        isOurError(code);
        assertThat(header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json().path("status").asInt()).isEqualTo(expected);
        assertThat(text("title")).isNotBlank();
        assertThat(text("type")).isEqualTo(Service.base() + "/docs/errors/" + code);
        return this;
    }

    /** A page for people that names code and trace, and leads nowhere. */
    public Answer isErrorPage(int expected, String code) {
        is(expected);
        saysNothingOfTheInside();
        assertThat(header("Location")).isEmpty();
        assertThat(header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(body)
                .contains("<code>" + code + "</code>")
                .contains(header("X-Trace-Id").orElseThrow());
        return this;
    }

    private void isOurError(String code) {
        saysNothingOfTheInside();
        assertThat(code()).as(body).isEqualTo(code);
        assertThat(text("trace_id")).matches("[0-9a-f]{32}");
        assertThat(header("X-Trace-Id")).hasValue(text("trace_id"));
    }

    /** No stack trace, no class, no table, whatever the status. */
    public Answer saysNothingOfTheInside() {
        assertThat(body)
                .doesNotContainPattern("\\bat [a-z]+\\.[\\w.]+\\(")
                .doesNotContain(
                        "io.consentry", "java.lang", "com.fasterxml", "com.nimbusds", "org.hibernate", "Exception");
        return this;
    }

    /** Does not print what may be somebody's data. */
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}

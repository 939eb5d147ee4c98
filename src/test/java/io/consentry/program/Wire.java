package io.consentry.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** HTTP to a program under test. Follows no redirect, throws for no status, and tells a listener all that came back. */
public final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final Consumer<Answer> listener;

    /** One whose answers are told to a listener. */
    public Wire(Consumer<Answer> listener) {
        this(HttpClient.newBuilder(), listener);
    }

    /** One over TLS, with the trust and the certificate of this context. */
    public Wire(SSLContext tls) {
        this(HttpClient.newBuilder().sslContext(tls), answer -> {});
    }

    private Wire(HttpClient.Builder http, Consumer<Answer> listener) {
        this.http = http.version(HttpClient.Version.HTTP_1_1).build();
        this.listener = listener;
    }

    public Wire() {
        this(answer -> {});
    }

    /** What came back. */
    public record Answer(HttpRequest request, int status, Map<String, List<String>> headers, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(request.uri() + " answered " + status + " and no JSON: " + body, e);
            }
        }

        public String code() {
            return json().path("code").asText();
        }

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        /** This answer if it has the status; otherwise the test fails. */
        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError(request.method() + " " + request.uri() + " answered " + status + " instead of "
                        + wanted + ": " + body);
            }
            return this;
        }
    }

    /** Sends any request, also one that was sent before. */
    public Answer send(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.ofString());
        var answer =
                new Answer(request, response.statusCode(), response.headers().map(), response.body());
        listener.accept(answer);
        return answer;
    }

    public Answer get(URI uri, String... headers) throws IOException, InterruptedException {
        return send(request(uri, headers).GET().build());
    }

    public Answer json(String method, URI uri, String body, String... headers)
            throws IOException, InterruptedException {
        return send(request(uri, headers)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public Answer form(URI uri, String body, String... headers) throws IOException, InterruptedException {
        return send(request(uri, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpRequest.Builder request(URI uri, String... headers) {
        var builder = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? builder : builder.headers(headers);
    }
}

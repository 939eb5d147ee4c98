package io.consentry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One HTTP request to the service: valid as it is handed out, and to be spoilt by the test that holds it. */
public final class Call {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private String method;
    private String path;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private final List<Map.Entry<String, String>> form = new ArrayList<>();
    private @Nullable String body;
    private @Nullable Jwt assertion;
    private List<Jwt> proofs = List.of();

    private Call(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** A request with nothing in it. */
    public static Call to(String method, String path) {
        return new Call(method, path);
    }

    /** A request with a JSON body. */
    public static Call json(String method, String path, String body) {
        return new Call(method, path).header("Content-Type", "application/json").body(body);
    }

    /** Uses another method. */
    public Call method(String other) {
        this.method = other;
        return this;
    }

    /** Goes to another address. */
    public Call to(String other) {
        this.path = other;
        return this;
    }

    /** Adds to the address, for example a query. */
    public Call appending(String more) {
        this.path += more;
        return this;
    }

    /** Sends a header in place of those of the same name. */
    public Call header(String name, String value) {
        headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
        return addHeader(name, value);
    }

    /** Sends one more header. */
    public Call addHeader(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    /** Leaves a header out. */
    public Call withoutHeader(String name) {
        headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
        return this;
    }

    /** Sets a form parameter in place of those of the same name. */
    public Call with(String name, String value) {
        form.removeIf(parameter -> parameter.getKey().equals(name));
        return adding(name, value);
    }

    /** Adds a form parameter beside those of the same name. */
    public Call adding(String name, String value) {
        form.add(Map.entry(name, value));
        return this;
    }

    /** Leaves a form parameter out; {@code client_assertion} too. */
    public Call without(String name) {
        if (name.equals("client_assertion")) {
            assertion = null;
        }
        form.removeIf(parameter -> parameter.getKey().equals(name));
        return this;
    }

    /** Sends this body in place of the form. */
    public Call body(String text) {
        this.body = text;
        return this;
    }

    /** Authenticates with this assertion. */
    Call authenticatedBy(Jwt by) {
        this.assertion = by;
        return this;
    }

    /** Changes the assertion. */
    public Call assertion(UnaryOperator<Jwt> change) {
        this.assertion = change.apply(Objects.requireNonNull(assertion));
        return this;
    }

    /** Sends these proofs, each in a header of its own; none sends no header. */
    public Call proofs(Jwt... all) {
        this.proofs = List.of(all);
        return this;
    }

    /** Changes the one proof. */
    public Call proof(UnaryOperator<Jwt> change) {
        this.proofs = List.of(change.apply(proofs.getFirst()));
        return this;
    }

    /** The form as it would be sent, for whoever wants to spoil the encoding itself. */
    public String encodedForm() {
        List<Map.Entry<String, String>> all = new ArrayList<>(form);
        if (assertion != null) {
            all.add(Map.entry("client_assertion", assertion.build()));
        }
        return all.stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** A request without a body, as it stands on the wire. */
    public String head() {
        var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> text.append(header.getKey() + ": " + header.getValue() + "\r\n"));
        proofs.forEach(proof -> text.append("DPoP: " + proof.build() + "\r\n"));
        return text.append("\r\n").toString();
    }

    /** Sends it. */
    public Answer send() {
        HttpRequest.Builder request = HttpRequest.newBuilder(Service.at(path)).timeout(Duration.ofSeconds(30));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        proofs.forEach(proof -> request.header("DPoP", proof.build()));
        request.method(method, publisher(request));
        try {
            return Answer.of(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.BodyPublisher publisher(HttpRequest.Builder request) {
        boolean isForm = body == null && (!form.isEmpty() || assertion != null);
        if (isForm && headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("Content-Type"))) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (body != null) {
            return HttpRequest.BodyPublishers.ofString(body);
        }
        return isForm ? HttpRequest.BodyPublishers.ofString(encodedForm()) : HttpRequest.BodyPublishers.noBody();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.consentry.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.tls.OwnTrust;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One whole flow against a running sandbox, as {@code scripts/flow} runs it: push, decide, redeem, fetch. Prints what it
 * does on standard error and the decrypted record on standard output.
 */
public final class Flow {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final PrintStream progress;

    private Flow(URI base, PrintStream progress) {
        this.base = base;
        this.progress = progress;
    }

    /** Arguments: base URL, client id, identity number; later ones may be left out. */
    public static void main(String[] arguments) throws InterruptedException {
        URI base = URI.create(argument(arguments, 0, "http://localhost:8080"));
        try {
            trustTheSandbox();
            Map<String, Object> result = new Flow(base, System.err)
                    .run(argument(arguments, 1, "harbour-bank"), argument(arguments, 2, "S9812381D"));
            System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result));
        } catch (IOException | ParseException | RelyingPartyException e) {
            System.err.println("The flow stopped: " + (e.getMessage() == null ? e : e.getMessage()));
            System.err.println("Is the sandbox running at " + base + "? scripts/sandbox starts it.");
            System.exit(1);
        }
    }

    /** Under TLS with the sandbox's own authority, whose certificate the property {@code consentry.trust} names. */
    private static void trustTheSandbox() throws IOException {
        Path authority = Path.of(System.getProperty("consentry.trust", ""));
        if (Files.isRegularFile(authority)) {
            OwnTrust.extend(authority);
        }
    }

    private static String argument(String[] arguments, int index, String otherwise) {
        return arguments.length > index ? arguments[index] : otherwise;
    }

    private Map<String, Object> run(String clientId, String uinfin)
            throws IOException, InterruptedException, ParseException, RelyingPartyException {
        JsonNode client = client(clientId);
        say("1. %s pushes its request", client.get("client_name").asText());
        var keys = JWKSet.parse(client.get("jwks").toString());
        var redirectUri = URI.create(client.get("redirect_uris").get(0).asText());
        RelyingParty bank = RelyingParty.visit(base.resolve("/fapi"), clientId, keys, redirectUri);
        String requestUri = bank.push(client.get("scope").asText());

        say("2. The person approves");
        if (!(bank.read(decide(clientId, requestUri, uinfin)) instanceof RelyingParty.Returned.Code code)) {
            throw new RelyingPartyException("the person refused");
        }

        say("3. %s redeems the code", client.get("client_name").asText());
        RelyingParty.Tokens tokens = bank.redeem(code.value());

        say("4. Consentry asks the sources, records the release, and answers");
        return bank.fetch(tokens);
    }

    private JsonNode client(String clientId) throws IOException, InterruptedException, RelyingPartyException {
        for (JsonNode client : send("GET", "/sandbox/clients", null)) {
            if (client.get("client_id").asText().equals(clientId)) {
                return client;
            }
        }
        throw new RelyingPartyException("the sandbox has no ready-made client " + clientId);
    }

    private URI decide(String clientId, String requestUri, String uinfin)
            throws IOException, InterruptedException, RelyingPartyException {
        JsonNode decision = JSON.createObjectNode()
                .put("client_id", clientId)
                .put("request_uri", requestUri)
                .put("uinfin", uinfin)
                .put("decision", "approve");
        return URI.create(
                send("POST", "/sandbox/decisions", decision).get("redirect_to").asText());
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException, RelyingPartyException {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new RelyingPartyException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private void say(String text, Object... arguments) {
        progress.println(text.formatted(arguments));
    }
}

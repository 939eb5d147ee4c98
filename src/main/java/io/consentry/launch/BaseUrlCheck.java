package io.consentry.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whether the base URL leads back to this service. Everything a client compares follows it, so that a wrong one shows as
 * failures elsewhere: at clients, in proofs, in redirects. Only ever a warning: what cannot be reached from here may be
 * reachable from where clients are.
 */
record BaseUrlCheck(String baseUrl, String issuer) {

    private static final Logger LOG = Logger.getLogger(BaseUrlCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int TRIES = 3;
    private static final int LARGEST = 1 << 20;

    /** Checks on a thread of its own, so that nothing waits for it. A service that has just started may need a second try. */
    void begin() {
        Thread.ofVirtual().name("base-url-check").start(() -> {
            Optional<String> problem = problem();
            for (int more = 1; more < TRIES && problem.isPresent(); more++) {
                problem = problem();
            }
            problem.ifPresent(LOG::warn);
        });
    }

    /** What is wrong, in one sentence, within about two seconds; empty when the metadata at the base URL are our own. */
    Optional<String> problem() {
        URI address = URI.create(baseUrl + "/.well-known/oauth-authorization-server/fapi");
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LARGEST));
            String found = issuer(answer);
            return found.equals(issuer)
                    ? Optional.empty()
                    : Optional.of("CONSENTRY_BASE_URL is " + baseUrl + ", but another service answers there: "
                            + (found.isEmpty()
                                    ? "it answers " + answer.statusCode() + " and names no issuer"
                                    : "its issuer is " + found)
                            + ".");
        } catch (IOException e) {
            return Optional.of("CONSENTRY_BASE_URL is " + baseUrl + ", and this service cannot reach itself there ("
                    + e.getClass().getSimpleName() + "). If clients cannot either, set it to the address they use.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String issuer(HttpResponse<String> answer) {
        try {
            return answer.statusCode() == 200
                    ? new ObjectMapper().readTree(answer.body()).path("issuer").asText("")
                    : "";
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}

package io.consentry.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.consentry.sandbox.ReceiverInbox.Received;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * An example receiver of events (RFC 8935) for any client: it verifies what is posted to {@code /sandbox/receiver/{client_id}}
 * and shows it there. {@code PUT …/fault} with a {@code kind} makes it fail, {@code DELETE …/fault} ends that, and {@code
 * DELETE} on the receiver itself forgets what came.
 */
@Path("/sandbox/receiver/{client}")
public class ReceiverResource {

    private static final int OVERSIZED = 2_000_000;

    private final ReceiverInbox inbox;
    private final EventVerifier verifier;
    private final InstantSource clock;

    ReceiverResource(ReceiverInbox inbox, Settings settings, InstantSource clock) {
        this.inbox = inbox;
        this.verifier = new EventVerifier(
                settings.issuer(), URI.create("http://127.0.0.1:" + settings.port() + "/.well-known/keys"));
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "sandbox")
    static class Templates {

        private Templates() {}

        static native TemplateInstance receiver(String client, List<Shown> events);
    }

    /** One token as a card. */
    record Shown(String at, int answered, String jti, String types, String problem) {

        static Shown of(Received one) {
            String types = one.claims().get("events") instanceof Map<?, ?> events
                    ? String.join(
                            " ", events.keySet().stream().map(String::valueOf).toList())
                    : "";
            return new Shown(
                    one.at().toString(),
                    one.answered(),
                    one.jti(),
                    types,
                    one.problem().orElse(""));
        }
    }

    @POST
    @Consumes("application/secevent+jwt")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response receive(@PathParam("client") String client, String token) throws InterruptedException {
        Optional<ReceiverFault> fault = inbox.fault(client);
        return fault.isPresent() ? misbehave(fault.get(), client, token) : take(client, token);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public List<Received> received(@PathParam("client") String client) {
        return inbox.of(client);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public String page(@PathParam("client") String client) {
        return Templates.receiver(
                        client, inbox.of(client).stream().map(Shown::of).toList())
                .render();
    }

    @DELETE
    @Operation(hidden = true)
    public void forget(@PathParam("client") String client) {
        inbox.empty(client);
    }

    @PUT
    @Path("/fault")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public void misbehave(@PathParam("client") String client, @Nullable ReceiverFault fault) {
        if (fault == null) {
            throw Fault.of(FaultCode.MALFORMED_REQUEST, "The request has no body.")
                    .expecting("JSON with a kind", null)
                    .raise();
        }
        inbox.misbehave(client, fault);
    }

    @DELETE
    @Path("/fault")
    @Operation(hidden = true)
    public void behave(@PathParam("client") String client) {
        inbox.behave(client);
    }

    private Response misbehave(ReceiverFault fault, String client, String token) throws InterruptedException {
        return switch (fault.kind()) {
            case DOWN -> Response.status(503).header("Retry-After", 30).build();
            case ERROR -> Response.status(500).build();
            case GARBAGE ->
                Response.ok("<html><body>Welcome</body></html>", MediaType.TEXT_HTML)
                        .build();
            case OVERSIZED ->
                Response.status(400)
                        .entity("x".repeat(OVERSIZED))
                        .type(MediaType.TEXT_PLAIN)
                        .build();
            case SLOW -> {
                Response answer = take(client, token);
                Thread.sleep(fault.delay());
                yield answer;
            }
            case REFUSE -> refuse("invalid_request", "not today");
            case TWICE -> takeTwice(client, token);
        };
    }

    private Response takeTwice(String client, String token) {
        boolean again = inbox.of(client).stream()
                .anyMatch(earlier -> earlier.problem().isEmpty()
                        && verified(client, token, 202).jti().equals(earlier.jti()));
        Response answer = take(client, token);
        return again ? answer : Response.status(500).build();
    }

    private Response take(String client, String token) {
        Received one = verified(client, token, 202);
        inbox.keep(client, one);
        return one.problem().isEmpty()
                ? Response.status(202).build()
                : refuse("invalid_request", one.problem().get());
    }

    private Received verified(String client, String token, int answered) {
        try {
            JWTClaimsSet claims = verifier.verify(token, client);
            return new Received(clock.instant(), answered, Optional.empty(), claims.toJSONObject(), token);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return new Received(clock.instant(), 400, Optional.of(String.valueOf(e.getMessage())), Map.of(), token);
        }
    }

    /** RFC 8935 §2.3. */
    private static Response refuse(String code, String description) {
        return Response.status(400)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("err", code, "description", description))
                .build();
    }
}

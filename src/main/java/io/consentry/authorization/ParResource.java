package io.consentry.authorization;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.client.RegisteredClient;
import io.consentry.token.DpopProofs;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The pushed authorization request endpoint (RFC 9126, FAPI 2.0 §5.3.2.2-2). Answers JSON whatever a client says it accepts.
 */
@Path("/fapi/par")
@Tag(name = "Authorization")
public class ParResource {

    private final ClientAuthenticator authenticator;
    private final DpopProofs proofs;
    private final ParChecks checks;
    private final PushedRequests requests;
    private final AuthorizationSettings settings;

    ParResource(
            ClientAuthenticator authenticator,
            DpopProofs proofs,
            ParChecks checks,
            PushedRequests requests,
            AuthorizationSettings settings) {
        this.authenticator = authenticator;
        this.proofs = proofs;
        this.checks = checks;
        this.requests = requests;
        this.settings = settings;
    }

    /** What a client sends the person's browser on with (RFC 9126 §2.2). */
    public record Pushed(
            @JsonProperty("request_uri") String requestUri,
            @JsonProperty("expires_in") long expiresIn) {}

    /** Nothing of a request counts before its client has authenticated (FAPI 2.0 §5.3.2.2-4). */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Push an authorization request (RFC 9126)")
    @APIResponse(
            responseCode = "201",
            description = "Kept; its address is good for one person's visit",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Pushed.class)))
    public Response push(String body, @HeaderParam("DPoP") List<String> dpop) {
        Form form = Form.parse(body);
        RegisteredClient client = authenticator.authenticate(form);
        var request = new PushedRequest(form, client, proofs.atEndpoint("/par", client, dpop));
        String requestUri = requests.store(checks.check(request), request.message());
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new Pushed(requestUri, settings.requestUriLifetime().toSeconds()))
                .build();
    }
}

package io.consentry.notice;

import io.consentry.client.ClientScope;
import io.consentry.http.JsonBody;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.token.AccessTokens;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where clients fetch events and acknowledge them (RFC 8936), with an access token of their own of scope {@code events}. */
@Path("/fapi/events/poll")
@Tag(name = "Events")
public class PollResource {

    private final AccessTokens tokens;
    private final Fetching fetching;
    private final JsonBody json;

    PollResource(AccessTokens tokens, Fetching fetching, JsonBody json) {
        this.tokens = tokens;
        this.fetching = fetching;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Fetch and acknowledge events (RFC 8936)",
            description = "Answers up to maxEvents Security Event Tokens that the client has not acknowledged, of each"
                    + " grant the oldest only. Without any, waits up to 20 s unless returnImmediately is true.")
    public RestResponse<PollAnswer> poll(
            @HeaderParam("Authorization") List<String> authorization,
            @HeaderParam("DPoP") List<String> proofs,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PollRequest.class)))
                    @Nullable String body)
            throws InterruptedException {
        ClientId client = tokens.presentByClient("POST", "/events/poll", authorization, proofs, ClientScope.EVENTS);
        PollRequest request = json.read(body, PollRequest.class)
                .orElseThrow(() -> Fault.of(FaultCode.MALFORMED_REQUEST, "The request has no body.")
                        .expecting("JSON, {} at least", null)
                        .raise());
        return RestResponse.ResponseBuilder.ok(fetching.poll(client, request))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}

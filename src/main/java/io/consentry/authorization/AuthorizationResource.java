package io.consentry.authorization;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.InteractionId;
import io.consentry.kernel.Settings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint (RFC 6749 §3.1), for requests that were pushed and no others. Of its query it reads only
 * {@code client_id} and {@code request_uri} (RFC 9126 §4); an error here is shown to the person and never redirected.
 */
@Path("/fapi/auth")
@Tag(name = "Authorization")
public class AuthorizationResource {

    private final PushedRequests requests;
    private final Settings settings;

    AuthorizationResource(PushedRequests requests, Settings settings) {
        this.requests = requests;
        this.settings = settings;
    }

    @GET
    @Operation(summary = "Begin a person's decision on a pushed request")
    public Response begin(
            @QueryParam("client_id") @Nullable String clientId,
            @QueryParam("request_uri") @Nullable String requestUri) {
        if (clientId == null || requestUri == null) {
            throw Fault.of(FaultCode.MISSING_PARAMETER, "This address needs client_id and a pushed request_uri.")
                    .expecting("client_id and request_uri", null)
                    .raise();
        }
        InteractionId interaction = requests.open(clientId, requestUri)
                .orElseThrow(() -> Fault.of(
                                FaultCode.INVALID_REQUEST_URI, "Go back to where you came from, and begin once more.")
                        .suggesting("Push a new request; a request_uri can be opened for a minute, by its own client.")
                        .raise());
        return Response.seeOther(URI.create(settings.baseUrl() + "/consent/" + interaction))
                .build();
    }
}

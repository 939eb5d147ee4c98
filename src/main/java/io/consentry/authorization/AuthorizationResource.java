package io.consentry.authorization;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The authorization endpoint (RFC 6749 §3.1), for requests that were pushed and no others (FAPI 2.0 §5.3.2.2-3). Of its query
 * or form it reads only {@code client_id} and {@code request_uri} (RFC 9126 §4); an error here is shown to the person and never
 * redirected to an address that nobody verified (RFC 6749 §3.1.2.4).
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
    public Response beginByQuery(
            @Parameter(schema = @Schema(implementation = String.class)) @QueryParam("client_id") List<String> clientIds,
            @Parameter(schema = @Schema(implementation = String.class)) @QueryParam("request_uri")
                    List<String> requestUris) {
        return begin(clientIds, requestUris);
    }

    /** OpenID Connect Core §3.1.2.1: the same by POST, the parameters in a form. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "The same, with the parameters in a form")
    public Response beginByForm(String body) {
        Map<String, List<String>> form = Form.read(body);
        return begin(form.getOrDefault("client_id", List.of()), form.getOrDefault("request_uri", List.of()));
    }

    private Response begin(List<String> clientIds, List<String> requestUris) {
        String clientId = one(clientIds);
        String requestUri = one(requestUris);
        InteractionId interaction = requests.open(clientId, requestUri)
                .orElseThrow(() -> Fault.of(
                                FaultCode.INVALID_REQUEST_URI, "Go back to where you came from, and begin once more.")
                        .suggesting("Push a new request; a request_uri can be opened for a minute, by its own client.")
                        .raise());
        // By 303 (FAPI 2.0 §5.3.2.2-11, RFC 9700 §4.12): 307 would carry a form along (FAPI 2.0 §5.3.2.2-10).
        return Response.seeOther(URI.create(settings.baseUrl() + Interactions.PAGE + interaction))
                .build();
    }

    /** RFC 6749 §3.1: a parameter is sent once, and an empty one counts as absent. */
    private static String one(List<String> values) {
        if (values.size() > 1) {
            throw Fault.of(FaultCode.DUPLICATE_PARAMETER, "Send client_id and request_uri once.")
                    .raise();
        }
        return values.stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> Fault.of(
                                FaultCode.MISSING_PARAMETER, "This address needs client_id and a pushed request_uri.")
                        .expecting("client_id and request_uri", null)
                        .raise());
    }
}

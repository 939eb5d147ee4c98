package io.consentry.release;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The data API, at the address of OpenID's UserInfo, by GET and POST alike (OpenID Connect Core §5.3.1). Does not negotiate:
 * clients send any Accept.
 */
@Path("/fapi/userinfo")
@Tag(name = "Personal data")
public class UserinfoResource {

    private static final String OUTCOMES = "The record's consent block says in outcomes what became of every requested"
            + " attribute: released, record_not_found, not_applicable, source_unavailable, source_malformed (what its"
            + " source sent of it could not be read), source_timeout, withheld_by_person or withheld_by_policy; and in"
            + " retry_after for how many seconds to wait, where waiting helps.";

    private final Userinfo userinfo;

    UserinfoResource(Userinfo userinfo) {
        this.userinfo = userinfo;
    }

    @GET
    @Operation(summary = "Fetch what the person granted", description = OUTCOMES)
    public Response get(
            @HeaderParam("Authorization") List<String> authorization,
            @HeaderParam("DPoP") List<String> proofs,
            UriInfo uri) {
        return answer(new Userinfo.Credentials("GET", authorization, proofs), uri);
    }

    @POST
    @Operation(summary = "Fetch what the person granted", description = OUTCOMES)
    public Response post(
            @HeaderParam("Authorization") List<String> authorization,
            @HeaderParam("DPoP") List<String> proofs,
            UriInfo uri) {
        return answer(new Userinfo.Credentials("POST", authorization, proofs), uri);
    }

    /** Would otherwise be served as a GET: a release would be recorded, and nothing sent. */
    @HEAD
    @Operation(hidden = true)
    public Response head() {
        throw new NotAllowedException(Response.status(Response.Status.METHOD_NOT_ALLOWED)
                .allow("GET", "POST")
                .build());
    }

    private Response answer(Userinfo.Credentials request, UriInfo uri) {
        refuseTokenInQuery(uri);
        return switch (userinfo.answer(request)) {
            case ReleaseResult.Released<SealedAnswer>(SealedAnswer answer) ->
                Response.ok(answer.body(), answer.mediaType())
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            case ReleaseResult.Refused<SealedAnswer>(Fault why) -> throw why.raise();
            case ReleaseResult.Over<SealedAnswer>(Fault why) -> throw why.raise();
        };
    }

    /** FAPI 2.0 §5.3.4-2 and RFC 6750 §2.3: an access token in the query ends up in logs. */
    private static void refuseTokenInQuery(UriInfo uri) {
        if (uri.getQueryParameters().containsKey("access_token")) {
            throw Fault.of(FaultCode.MALFORMED_REQUEST, "Send the access token in the Authorization header only.")
                    .raise();
        }
    }
}

package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
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
 * The token endpoint (RFC 6749 §3.2) for the authorization code grant. Its tokens are bound to their
 * sender (RFC 9449 §5, RFC 8705 §3). Answers JSON.
 */
@Path("/fapi/token")
@Tag(name = "Authorization")
public class TokenResource {

    private final ClientAuthenticator authenticator;
    private final Bindings bindings;
    private final Redeemer redeemer;

    TokenResource(ClientAuthenticator authenticator, Bindings bindings, Redeemer redeemer) {
        this.authenticator = authenticator;
        this.bindings = bindings;
        this.redeemer = redeemer;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Redeem an authorization code for an access token")
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Redemption.TokenResponse.class)))
    public Response redeem(String body, @HeaderParam("DPoP") List<String> dpop) {
        Form form = Form.parse(body);
        RegisteredClient client = authenticator.authenticate(form);
        isByTheClientItNames(form, client);
        Binding binding = bindings.atEndpoint("/token", client, dpop);
        isAnAuthorizationCodeGrant(form);
        return switch (redeemer.redeem(form, client, binding)) {
            case Redemption.Redeemed(var response) ->
                Response.ok(response, MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header("Pragma", "no-cache")
                        .build();
            case Redemption.Refused(Fault fault) -> throw fault.raise();
            case Redemption.Changed changed ->
                throw Fault.of(FaultCode.TEMPORARILY_UNAVAILABLE, "The grant keeps changing. Please try again.")
                        .raise();
        };
    }

    /** RFC 6749 §3.2.1: a {@code client_id} in the body, if any, is that of the client that authenticates. */
    private static void isByTheClientItNames(Form form, RegisteredClient client) {
        form.get("client_id").filter(id -> !id.equals(client.id().value())).ifPresent(id -> {
            throw Fault.of(FaultCode.INVALID_CLIENT_ASSERTION, "The client_id is not that of the assertion.")
                    .expecting(client.id().value(), id)
                    .raise();
        });
    }

    /** FAPI 2.0 §5.3.2.1-2, RFC 9700 §2.4: no grant by password, nor any other. */
    private static void isAnAuthorizationCodeGrant(Form form) {
        String type = form.require("grant_type");
        if (!type.equals("authorization_code")) {
            throw Fault.of(FaultCode.UNSUPPORTED_GRANT_TYPE, "Send grant_type=authorization_code.")
                    .expecting("authorization_code", type)
                    .raise();
        }
    }
}

package io.consentry.authorization;

import io.consentry.client.GrantType;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.release.ReleaseResult;
import io.consentry.token.Binding;
import io.consentry.token.Bindings;
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
 * The token endpoint (RFC 6749 §3.2), for each way to a token. Tokens are bound to their sender (RFC 9449 §5, RFC 8705
 * §3). Answers JSON.
 */
@Path("/fapi/token")
@Tag(name = "Authorization")
public class TokenResource {

    private final ClientAuthenticator authenticator;
    private final Bindings bindings;
    private final Redeemer redeemer;
    private final Refreshment refreshment;
    private final ClientCredentials clientCredentials;

    TokenResource(
            ClientAuthenticator authenticator,
            Bindings bindings,
            Redeemer redeemer,
            Refreshment refreshment,
            ClientCredentials clientCredentials) {
        this.authenticator = authenticator;
        this.bindings = bindings;
        this.redeemer = redeemer;
        this.refreshment = refreshment;
        this.clientCredentials = clientCredentials;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Get an access token")
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TokenResponse.class)))
    public Response redeem(String body, @HeaderParam("DPoP") List<String> dpop) {
        Form form = Form.parse(body);
        RegisteredClient client = authenticator.authenticate(form);
        isByTheClientItNames(form, client);
        Binding binding = bindings.atEndpoint("/token", client, dpop);
        return answer(
                switch (grantType(form, client)) {
                    case AUTHORIZATION_CODE -> redeemed(redeemer.redeem(form, client, binding));
                    case CLIENT_CREDENTIALS -> clientCredentials.issue(form, client, binding);
                    case REFRESH_TOKEN -> refreshment.refresh(form, client, binding);
                });
    }

    private static TokenResponse redeemed(ReleaseResult<TokenResponse> result) {
        return switch (result) {
            case ReleaseResult.Released<TokenResponse>(TokenResponse answer) -> answer;
            case ReleaseResult.Refused<TokenResponse>(Fault why) -> throw why.raise();
            case ReleaseResult.Over<TokenResponse> ended ->
                throw Redemption.ended().raise();
        };
    }

    private static Response answer(TokenResponse response) {
        return Response.ok(response, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    /** RFC 6749 §3.2.1: a {@code client_id} in the body, if any, is that of the client that authenticates. */
    private static void isByTheClientItNames(Form form, RegisteredClient client) {
        form.get("client_id").filter(id -> !id.equals(client.id().value())).ifPresent(id -> {
            throw Fault.of(FaultCode.INVALID_CLIENT_ASSERTION, "The client_id is not that of the assertion.")
                    .expecting(client.id().value(), id)
                    .raise();
        });
    }

    /** RFC 6749 §5.2, FAPI 2.0 §5.3.2.1-2: one that there is, never by password, and that the client is registered for. */
    private static GrantType grantType(Form form, RegisteredClient client) {
        String text = form.require("grant_type");
        GrantType type = GrantType.of(text).orElseThrow(() -> unsupported(text));
        if (!client.mayUse(type)) {
            throw Fault.of(FaultCode.UNAUTHORIZED_GRANT_TYPE, "Register the client for it.")
                    .expecting("one of " + client.grantTypes(), text)
                    .raise();
        }
        return type;
    }

    private static RuntimeException unsupported(String type) {
        return Fault.of(FaultCode.UNSUPPORTED_GRANT_TYPE, "Send authorization_code, or what the client registered.")
                .expecting("authorization_code, refresh_token or client_credentials", type)
                .raise();
    }
}

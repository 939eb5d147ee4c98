package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Handle;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Revocation (RFC 7009 §2.1): a client gives back its own token. One that never was, or is no more, is no error (RFC 7009
 * §2.2); what is refused is refused in the form of a token request (RFC 7009 §2.2.1).
 */
@Path("/fapi/revoke")
@Tag(name = "Authorization")
public class RevocationResource {

    private final ClientAuthenticator authenticator;
    private final AccessTokens tokens;
    private final RefreshTokens refreshTokens;
    private final ClientTokens clientTokens;

    RevocationResource(
            ClientAuthenticator authenticator,
            AccessTokens tokens,
            RefreshTokens refreshTokens,
            ClientTokens clientTokens) {
        this.authenticator = authenticator;
        this.tokens = tokens;
        this.refreshTokens = refreshTokens;
        this.clientTokens = clientTokens;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Revoke a token (RFC 7009)")
    public Response revoke(String body) {
        Form form = Form.parse(body);
        RegisteredClient client = authenticator.authenticate(form);
        Handle token = new Handle(form.require("token"));
        tokens.revoke(token, client.id());
        refreshTokens.revoke(token, client.id());
        clientTokens.revoke(token, client.id());
        return Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}

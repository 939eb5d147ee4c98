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

/** Revocation (RFC 7009): a client gives back its own token. One that never was, or is no more, is no error (§2.2). */
@Path("/fapi/revoke")
@Tag(name = "Authorization")
public class RevocationResource {

    private final ClientAuthenticator authenticator;
    private final AccessTokens tokens;

    RevocationResource(ClientAuthenticator authenticator, AccessTokens tokens) {
        this.authenticator = authenticator;
        this.tokens = tokens;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Revoke an access token (RFC 7009)")
    public Response revoke(String body) {
        Form form = Form.parse(body);
        RegisteredClient client = authenticator.authenticate(form);
        tokens.revoke(new Handle(form.require("token")), client.id());
        return Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}

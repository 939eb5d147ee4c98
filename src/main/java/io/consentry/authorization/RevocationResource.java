package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Handle;
import io.consentry.token.TokenRevocation;
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
    private final TokenRevocation tokens;

    RevocationResource(ClientAuthenticator authenticator, TokenRevocation tokens) {
        this.authenticator = authenticator;
        this.tokens = tokens;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Revoke a token (RFC 7009)")
    public Response revoke(String body) {
        Form form = Form.parse(body);
        RegisteredClient client = authenticator.authenticate(form);
        tokens.revoke(new Handle(form.require("token")), client.id());
        return Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}

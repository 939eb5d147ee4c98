package io.consentry.authorization;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The two metadata documents, each at the well-known address of the issuer (RFC 8414 §3.1). */
@Path("/")
@Tag(name = "Metadata")
public class MetadataResource {

    private final Metadata metadata;

    MetadataResource(Metadata metadata) {
        this.metadata = metadata;
    }

    @GET
    @Path("/fapi/.well-known/openid-configuration")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "OpenID Provider metadata (OpenID Connect Discovery 1.0 §4)")
    public Response openidConfiguration() {
        return document();
    }

    @GET
    @Path("/.well-known/oauth-authorization-server/fapi")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Authorization server metadata (RFC 8414 §3)")
    public Response authorizationServer() {
        return document();
    }

    /** Where clients look that append to the issuer instead of inserting, as for OpenID (RFC 8414 §5). */
    @GET
    @Path("/fapi/.well-known/oauth-authorization-server")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response authorizationServerByAppending() {
        return document();
    }

    /** RFC 8414 §3.2: 200 and JSON, and no member without a value. */
    private Response document() {
        return Response.ok(metadata.document())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .build();
    }
}

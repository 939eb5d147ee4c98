package io.consentry.key;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The keys that verify what we sign. */
@Path("/.well-known/keys")
@Tag(name = "Metadata")
public class JwksResource {

    /** How long a client may keep the set; the rotation of keys counts on it. */
    static final Duration KEPT = Duration.ofHours(1);

    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Produces({"application/jwk-set+json", MediaType.APPLICATION_JSON})
    @Operation(summary = "Our public keys, as a JWK Set (RFC 7517)")
    public Response keys() {
        return Response.ok(keys.published().toString(), MediaType.APPLICATION_JSON)
                .header("Cache-Control", "public, max-age=" + KEPT.toSeconds())
                .build();
    }
}

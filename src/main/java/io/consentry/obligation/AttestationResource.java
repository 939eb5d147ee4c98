package io.consentry.obligation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.authorization.AccessTokens;
import io.consentry.client.ClientScope;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where a client says, signed, that it has deleted what it fetched under a grant. */
@Path("/fapi/grants/{grant_id}/deletion-attestation")
@Tag(name = "Authorization")
public class AttestationResource {

    private final AccessTokens tokens;
    private final Attestations attestations;

    AttestationResource(AccessTokens tokens, Attestations attestations) {
        this.tokens = tokens;
        this.attestations = attestations;
    }

    /** What is on record. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Recorded(
            @JsonProperty("grant_id") String grantId,
            String state,
            @JsonProperty("due_at") Instant dueAt,
            @JsonProperty("attested_at") Instant attestedAt,
            @JsonProperty("deleted_at") Instant deletedAt,
            Optional<String> kept,
            String digest) {

        static Recorded of(Obligation.Met met) {
            Attestation attestation = met.attestation();
            return new Recorded(
                    met.owed().grantId().toString(),
                    met.state(),
                    met.owed().dueAt(),
                    attestation.attestedAt(),
                    attestation.deletedAt(),
                    attestation.kept().map(Kept::wire),
                    attestation.digest());
        }
    }

    @POST
    @Consumes("application/jwt")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Attest that what was fetched under an ended grant is deleted",
            description =
                    "The body is a compact JWS of typ deletion-attestation+jwt, signed with a registered key (ES256 or"
                            + " PS256), with iss (the client), aud (the issuer), iat, jti, grant_id, deleted_at (seconds) and, where"
                            + " something must be kept, kept (legal_obligation, legal_claim or official_order). Repeating it"
                            + " changes nothing.")
    public Response attest(
            @PathParam("grant_id") String grant,
            @HeaderParam("Authorization") List<String> authorization,
            @HeaderParam("DPoP") List<String> proofs,
            @Nullable String body) {
        String resource = "/grants/" + grant + "/deletion-attestation";
        ClientId client = tokens.presentByClient("POST", resource, authorization, proofs, ClientScope.DELETION_ATTEST);
        Recorded recorded = Recorded.of(attestations.attest(grantId(grant), client, body == null ? "" : body.strip()));
        return Response.ok(recorded)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** What is no identifier is nobody's grant. */
    private static GrantId grantId(String text) {
        try {
            return GrantId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Fault.of(FaultCode.GRANT_NOT_FOUND, "Check the grant_id.").raise();
        }
    }
}

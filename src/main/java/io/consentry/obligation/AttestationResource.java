package io.consentry.obligation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.client.ClientScope;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.token.AccessTokens;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where a client learns what it must delete after the end of a grant, and says, signed, that it has. */
@Path("/fapi/grants/{grant_id}/deletion-attestation")
@Tag(name = "Authorization")
public class AttestationResource {

    private final AccessTokens tokens;
    private final Attestations attestations;

    AttestationResource(AccessTokens tokens, Attestations attestations) {
        this.tokens = tokens;
        this.attestations = attestations;
    }

    /**
     * What is on record.
     *
     * @param state {@code open}, {@code overdue} or {@code met}
     * @param dueAt until when all must be deleted
     * @param attestedAt when the client's word came; it and what follows are there once it has
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Recorded(
            @JsonProperty("grant_id") String grantId,
            String state,
            @JsonProperty("due_at") Instant dueAt,
            @JsonProperty("attested_at") Optional<Instant> attestedAt,
            @JsonProperty("deleted_at") Optional<Instant> deletedAt,
            Optional<String> kept,
            Optional<String> digest) {

        static Recorded of(Obligation obligation) {
            Optional<Attestation> attestation =
                    obligation instanceof Obligation.Met met ? Optional.of(met.attestation()) : Optional.empty();
            return new Recorded(
                    obligation.owed().grantId().toString(),
                    obligation.state().wire(),
                    obligation.owed().dueAt(),
                    attestation.map(Attestation::attestedAt),
                    attestation.map(Attestation::deletedAt),
                    attestation.flatMap(Attestation::kept).map(RetentionGround::wire),
                    attestation.map(Attestation::digest));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What must be deleted under an ended grant, until when, and whether that was attested")
    @APIResponse(
            responseCode = "200",
            description = "What is on record",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Recorded.class)))
    public Response owed(
            @PathParam("grant_id") String grant,
            @HeaderParam("Authorization") List<String> authorization,
            @HeaderParam("DPoP") List<String> proofs) {
        ClientId client =
                tokens.presentByClient("GET", resource(grant), authorization, proofs, ClientScope.DELETION_ATTEST);
        return answer(attestations.owed(grantId(grant), client));
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
        ClientId client =
                tokens.presentByClient("POST", resource(grant), authorization, proofs, ClientScope.DELETION_ATTEST);
        return answer(attestations.attest(grantId(grant), client, body == null ? "" : body.strip()));
    }

    private static String resource(String grant) {
        return "/grants/" + grant + "/deletion-attestation";
    }

    private static Response answer(Obligation obligation) {
        return Response.ok(Recorded.of(obligation))
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

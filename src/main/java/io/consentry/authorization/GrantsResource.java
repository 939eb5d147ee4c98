package io.consentry.authorization;

import io.consentry.client.ClientScope;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Transition;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.token.AccessTokens;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * A grant, for its client (Grant Management for OAuth 2.0 §6): how it stands, and giving it back. Another client's grant, one
 * that never was and one that nobody approved are the same 404, with the same work. An ended grant is still told of, but there
 * is nothing left of it to give back; who gave it back may say so again.
 */
@Path("/fapi/grants/{grant_id}")
@Tag(name = "Authorization")
public class GrantsResource {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final AccessTokens tokens;
    private final Consents consents;
    private final GrantViews views;

    GrantsResource(AccessTokens tokens, Consents consents, GrantViews views) {
        this.tokens = tokens;
        this.consents = consents;
        this.views = views;
    }

    @GET
    @Operation(summary = "How a grant stands, for its client")
    @APIResponse(
            responseCode = "200",
            description = "The grant, ended ones too",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = GrantView.class)))
    public Response query(
            @PathParam("grant_id") String id,
            @HeaderParam("Authorization") List<String> authorization,
            @HeaderParam("DPoP") List<String> proofs) {
        ClientId client =
                tokens.presentByClient("GET", path(id), authorization, proofs, ClientScope.GRANT_MANAGEMENT_QUERY);
        return Response.ok(views.of(find(id, client)), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    @Operation(summary = "Give a grant back: from the answer on, nothing more is released under it")
    @APIResponse(responseCode = "204", description = "It has ended")
    public Response relinquish(
            @PathParam("grant_id") String id,
            @HeaderParam("Authorization") List<String> authorization,
            @HeaderParam("DPoP") List<String> proofs) {
        ClientId client =
                tokens.presentByClient("DELETE", path(id), authorization, proofs, ClientScope.GRANT_MANAGEMENT_REVOKE);
        GrantId grant = find(id, client).terms().grantId();
        return switch (consents.relinquish(grant, client)) {
            case Transition.Made<Consent, Consent.Ended> made -> given();
            case Transition.Already<Consent, Consent.Ended> before -> given();
            case Transition.NotPossible<Consent, Consent.Ended> over -> throw notFound();
            case Transition.NotPart<Consent, Consent.Ended> part -> throw notFound();
            case Transition.NotFound<Consent, Consent.Ended> none -> throw notFound();
        };
    }

    private static Response given() {
        return Response.noContent()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** The client's grant, that a person gave; without a lock, so that nobody holds up another client's. */
    private Consent find(String id, ClientId client) {
        return consents.find(new GrantId(UUID.fromString(id)), client)
                .filter(consent -> consent instanceof Consent.Given || consent instanceof Consent.Damaged)
                .orElseThrow(GrantsResource::notFound);
    }

    /** The resource as it was called; what cannot be an identifier is no grant's, whoever asks. */
    private static String path(String id) {
        return Optional.of(id)
                .filter(text -> ID.matcher(text).matches())
                .map(text -> "/grants/" + text)
                .orElseThrow(GrantsResource::notFound);
    }

    private static RuntimeException notFound() {
        return Fault.of(FaultCode.GRANT_NOT_FOUND, "There is no such grant of this client.")
                .raise();
    }
}

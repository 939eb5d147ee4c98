package io.consentry.me;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.consent.Amendments;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.OwnConsent;
import io.consentry.consent.OwnConsents;
import io.consentry.consent.Transition;
import io.consentry.http.JsonBody;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.person.CurrentPerson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What a person may do with a consent of theirs. Each act holds everywhere when its answer is there, and answers the same when it
 * is repeated because that was lost.
 */
@Path("/api/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Resident")
public class ConsentActsResource {

    private final CurrentPerson resident;
    private final OwnConsents own;
    private final Consents consents;
    private final Amendments amendments;
    private final SameOrigin sameOrigin;
    private final JsonBody json;

    ConsentActsResource(
            CurrentPerson resident,
            OwnConsents own,
            Consents consents,
            Amendments amendments,
            SameOrigin sameOrigin,
            JsonBody json) {
        this.resident = resident;
        this.own = own;
        this.consents = consents;
        this.amendments = amendments;
        this.sameOrigin = sameOrigin;
        this.json = json;
    }

    /** What to take back. */
    public record TakenBack(
            @JsonProperty("attributes") @Nullable List<String> attributes) {}

    @POST
    @Path("/consents/{grant_id}/withdraw")
    @Operation(summary = "Withdraw a consent: from the answer on, nothing more is released under it")
    @APIResponse(responseCode = "204", description = "Withdrawn")
    public Response withdraw(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        return act(grantId, headers, FaultCode.CONSENT_NOT_ACTIVE, consents::withdraw);
    }

    @POST
    @Path("/consents/{grant_id}/pause")
    @Operation(summary = "Pause a consent: from the answer on, nothing is released under it until it is resumed")
    @APIResponse(responseCode = "204", description = "Paused")
    public Response pause(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        return act(grantId, headers, FaultCode.CONSENT_NOT_ACTIVE, consents::pause);
    }

    @POST
    @Path("/consents/{grant_id}/resume")
    @Operation(summary = "Resume a consent that is paused; its end stays where it was")
    @APIResponse(responseCode = "204", description = "In force again")
    public Response resume(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        return act(grantId, headers, FaultCode.CONSENT_NOT_PAUSED, consents::resume);
    }

    @POST
    @Path("/consents/{grant_id}/narrow")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take part of a consent back: from the answer on, none of it is released any more")
    @APIResponse(responseCode = "204", description = "Taken back")
    public Response narrow(
            @PathParam("grant_id") String grantId,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = TakenBack.class)))
                    @Nullable String body,
            HttpHeaders headers) {
        return act(grantId, headers, FaultCode.CONSENT_NOT_ACTIVE, (grant, person) -> narrow(grant, person, body));
    }

    private Transition<Consent, Consent.Standing> narrow(GrantId grant, PersonId person, @Nullable String body) {
        List<String> named =
                json.read(body, TakenBack.class).map(TakenBack::attributes).orElse(List.of());
        if (named.stream().anyMatch(name -> name == null || !AttributeName.isOne(name))) {
            throw notPart(Set.of());
        }
        Set<AttributeName> without = AttributeName.amongst(named);
        return amendments.narrow(grant, person, without);
    }

    private static RuntimeException notPart(Set<AttributeName> without) {
        return Fault.of(FaultCode.INVALID_PARAMETER, "Only part of what was granted can be taken back.")
                .expecting("attributes that are granted, but not all of them", without.toString())
                .suggesting("To take everything back, withdraw.")
                .raise();
    }

    private <C extends Consent> Response act(
            String grantId,
            HttpHeaders headers,
            FaultCode otherwise,
            BiFunction<GrantId, PersonId, Transition<Consent, C>> act) {
        sameOrigin.check(headers);
        OwnConsent found = own.require(resident.require(headers).person(), grantId);
        return switch (act.apply(found.grant(), found.person())) {
            case Transition.Made<Consent, C> made -> Response.noContent().build();
            case Transition.Already<Consent, C> before -> Response.noContent().build();
            case Transition.NotPossible<Consent, C>(Consent now) -> throw notPossible(now, otherwise);
            case Transition.NotPart<Consent, C>(Set<AttributeName> named) -> throw notPart(named);
            // Theirs, as was just seen, but in no state that any act begins from.
            case Transition.NotFound<Consent, C> nothing ->
                throw notPossible(found.held().consent(), otherwise);
        };
    }

    private static RuntimeException notPossible(Consent now, FaultCode otherwise) {
        Fault fault = switch (now) {
            case Consent.Ended it -> over();
            case Consent.Refused it -> over();
            case Consent.Lapsed it -> over();
            case Consent.Undecided it -> Fault.of(otherwise, "It was not approved, so nothing is shared.");
            case Consent.Damaged it ->
                Fault.of(FaultCode.CONSENT_NOT_ACTIVE, "It was tampered with, so nothing is shared.");
            case Consent.Standing it -> Fault.of(otherwise, "Nothing was changed.");
        };
        return fault.expecting(
                        "a consent in a state that allows it", now.status().wire())
                .raise();
    }

    private static Fault over() {
        return Fault.of(FaultCode.CONSENT_ALREADY_ENDED, "What has ended never comes back, and nothing is shared.");
    }
}

package io.consentry.resident;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.consent.Change;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.History;
import io.consentry.ledger.RecordedEvent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The JSON API of the signed-in person. Whatever is not theirs is not there: the same 404. */
@Path("/api/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Resident")
public class MeResource {

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 100;

    private final Resident resident;
    private final Consents consents;
    private final ConsentViews views;
    private final History history;
    private final SameOrigin sameOrigin;

    MeResource(Resident resident, Consents consents, ConsentViews views, History history, SameOrigin sameOrigin) {
        this.resident = resident;
        this.consents = consents;
        this.views = views;
        this.history = history;
        this.sameOrigin = sameOrigin;
    }

    /** One event; {@code outcomes} has what became of each attribute, where the event has any. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ActivityItem(
            String event,
            Instant at,
            @JsonProperty("client_id") ClientId clientId,
            @JsonProperty("grant_id") GrantId grantId,
            @Nullable String reason,
            SortedMap<String, String> outcomes,
            @JsonProperty("ledger_index") @Nullable Long ledgerIndex,
            @JsonProperty("leaf_hash") String leafHash) {

        static ActivityItem of(RecordedEvent recorded) {
            var event = recorded.event();
            var outcomes = new TreeMap<String, String>();
            event.outcomes().forEach((name, outcome) -> outcomes.put(name.value(), outcome));
            return new ActivityItem(
                    event.kind().wire(),
                    event.at(),
                    event.clientId(),
                    event.grantId(),
                    event.reason().orElse(null),
                    outcomes,
                    recorded.index().isPresent() ? recorded.index().getAsLong() : null,
                    recorded.leafHash());
        }
    }

    @GET
    @Path("/consents")
    @Operation(summary = "All consents of the signed-in person")
    public List<ConsentView> consents(HttpHeaders headers) {
        return views.of(person(headers));
    }

    @GET
    @Path("/consents/{grant_id}")
    @Operation(summary = "One consent of the signed-in person")
    public ConsentView consent(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        PersonId person = person(headers);
        GrantId grant = grant(grantId);
        return views.of(person).stream()
                .filter(view -> view.grantId().equals(grant))
                .findFirst()
                .orElseThrow(MeResource::notFound);
    }

    @POST
    @Path("/consents/{grant_id}/withdraw")
    @Operation(summary = "Withdraw a consent: from the answer on, nothing more is released under it")
    public Response withdraw(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        sameOrigin.check(headers);
        PersonId person = person(headers);
        return switch (consents.withdraw(grant(grantId), person)) {
            case Change.Made<Consent.Ended> made -> Response.noContent().build();
            case Change.NotPossible<Consent.Ended> ended ->
                throw Fault.of(FaultCode.CONSENT_ALREADY_ENDED, "There was nothing left to withdraw.")
                        .expecting("a consent that is granted", ended.now().state())
                        .raise();
            case Change.NotFound<Consent.Ended> nothing -> throw notFound();
        };
    }

    @GET
    @Path("/activity")
    @Operation(
            summary = "What happened to the person's data, newest first",
            description =
                    "Paged, 50 events to a page and 100 at most: a Link header with rel=next leads to older events"
                            + " (RFC 8288).")
    @APIResponseSchema(value = ActivityItem[].class)
    public Response activity(
            @Parameter(schema = @Schema(implementation = Long.class)) @QueryParam("before") @Nullable String before,
            @Parameter(schema = @Schema(implementation = Integer.class)) @QueryParam("limit") @Nullable String limit,
            HttpHeaders headers) {
        PersonId person = person(headers);
        int size = limit == null ? USUAL_PAGE : Math.clamp(number("limit", limit), 1, LARGEST_PAGE);
        List<RecordedEvent> events = history.of(
                person, before == null ? OptionalLong.empty() : OptionalLong.of(number("before", before)), size);
        var response = Response.ok(events.stream().map(ActivityItem::of).toList(), MediaType.APPLICATION_JSON);
        if (events.size() == size) {
            URI next = UriBuilder.fromPath("/api/me/activity")
                    .queryParam("before", events.getLast().position())
                    .queryParam("limit", size)
                    .build();
            response.link(next, "next");
        }
        return response.build();
    }

    /** Parsed here, since JAX-RS would answer 404 to what is no number. */
    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "The parameter " + name + " is no number.")
                    .expecting("a whole number", text)
                    .raise();
        }
    }

    private PersonId person(HttpHeaders headers) {
        return resident.require(headers).person();
    }

    private static GrantId grant(String text) {
        try {
            return GrantId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Fault.of(FaultCode.GRANT_NOT_FOUND, "It may be another person's.")
                .raise();
    }
}

package io.consentry.me;

import io.consentry.consent.OwnConsent;
import io.consentry.consent.OwnConsents;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.History;
import io.consentry.ledger.RecordedEvent;
import io.consentry.person.CurrentPerson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.OptionalLong;
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

    private final CurrentPerson resident;
    private final OwnConsents own;
    private final ConsentViews views;
    private final History history;

    MeResource(CurrentPerson resident, OwnConsents own, ConsentViews views, History history) {
        this.resident = resident;
        this.own = own;
        this.views = views;
        this.history = history;
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
        OwnConsent found = own.require(person(headers), grantId);
        return views.of(found.person(), found.held());
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
        Paging paging = Paging.of(before, limit);
        List<RecordedEvent> events = history.of(person, paging.before(), paging.size());
        return paging.answer(
                events.stream().map(ActivityItem::of).toList(),
                events.size() == paging.size()
                        ? OptionalLong.of(events.getLast().position())
                        : OptionalLong.empty(),
                "/api/me/activity");
    }

    @GET
    @Path("/activity/counts")
    @Operation(
            summary = "How many events the person has, by log of the ledger",
            description =
                    "In each log the person's events are numbered from 1 to as many as it has: one that is missing in"
                            + " the activity was hidden.")
    public List<LogCount> counts(HttpHeaders headers) {
        return history.counts(person(headers)).entrySet().stream()
                .map(log -> new LogCount(log.getKey().value(), log.getValue()))
                .toList();
    }

    private PersonId person(HttpHeaders headers) {
        return resident.require(headers).person();
    }
}

package io.consentry.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.consent.ConsentRecord;
import io.consentry.consent.OwnConsent;
import io.consentry.consent.OwnConsents;
import io.consentry.consent.Versions;
import io.consentry.kernel.AttributeName;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.GrantEvents;
import io.consentry.ledger.NoticeEntries;
import io.consentry.obligation.Duties;
import io.consentry.obligation.RetentionGround;
import io.consentry.person.CurrentPerson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of a consent: every decision, every use, what its client was told, and what it owes. */
@Path("/api/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Resident")
public class ConsentTrailResource {

    private final CurrentPerson resident;
    private final OwnConsents own;
    private final Versions versions;
    private final GrantEvents events;
    private final NoticeEntries told;
    private final Duties duties;

    ConsentTrailResource(
            CurrentPerson resident,
            OwnConsents own,
            Versions versions,
            GrantEvents events,
            NoticeEntries told,
            Duties duties) {
        this.resident = resident;
        this.own = own;
        this.versions = versions;
        this.events = events;
        this.told = told;
        this.duties = duties;
    }

    /** One decision; {@code difference} is what it changed, and null for the first. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VersionItem(
            @JsonProperty("record_id") UUID recordId,
            @JsonProperty("previous_record_id") @Nullable UUID previousRecordId,
            int generation,
            @JsonProperty("decided_at") Instant decidedAt,
            @JsonProperty("expires_at") Instant expiresAt,
            String purpose,
            @JsonProperty("template_version") int templateVersion,
            Set<AttributeName> attributes,
            Set<AttributeName> declined,
            String language,
            @JsonProperty("shown_digest") String shownDigest,
            @Nullable DifferenceItem difference) {

        static VersionItem of(Versions.Version version) {
            ConsentRecord record = version.record();
            return new VersionItem(
                    record.decision().recordId(),
                    record.decision().previous().orElse(null),
                    record.decision().generation(),
                    record.decision().decidedAt(),
                    record.decision().expiresAt(),
                    record.terms().purpose().code(),
                    record.terms().purpose().version(),
                    record.decision().granted(),
                    version.declined(),
                    record.decision().shown().language(),
                    record.decision().shown().digest(),
                    version.difference().map(DifferenceItem::of).orElse(null));
        }
    }

    /** What a decision changed. */
    public record DifferenceItem(
            Set<AttributeName> added, Set<AttributeName> removed, boolean longer, boolean shorter) {

        static DifferenceItem of(ConsentRecord.Difference difference) {
            return new DifferenceItem(
                    difference.added(), difference.removed(), difference.longer(), difference.shorter());
        }
    }

    /**
     * An event that the client is told of: {@code state} is {@code queued}, {@code sent}, {@code acknowledged}, or {@code refused}
     * when it says that it can do nothing with it.
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record EventItem(
            @Nullable String event,
            String state,
            @JsonProperty("sent_at") @Nullable Instant sentAt,
            @JsonProperty("acknowledged_at") @Nullable Instant acknowledgedAt,
            @JsonProperty("refused_at") @Nullable Instant refusedAt) {}

    /**
     * What the client owes: {@code state} is {@code open}, {@code met} or {@code overdue}. What it attested: when, when it
     * deleted, and why it keeps something, if it does: {@code legal_obligation}, {@code legal_claim} or {@code official_order}.
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ObligationItem(
            @JsonProperty("due_at") Instant dueAt,
            String state,
            @JsonProperty("attested_at") @Nullable Instant attestedAt,
            @JsonProperty("deleted_at") @Nullable Instant deletedAt,
            @Nullable String kept) {}

    @GET
    @Path("/consents/{grant_id}/versions")
    @Operation(summary = "Every decision on a consent, newest first, with what it changed")
    public List<VersionItem> versions(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        return versions.of(own(grantId, headers).grant()).stream()
                .map(VersionItem::of)
                .toList();
    }

    @GET
    @Path("/consents/{grant_id}/releases")
    @Operation(
            summary = "Every release, and that attempts were refused, newest first, with what became of each attribute",
            description = "Paged like the activity: a Link header with rel=next leads to older ones.")
    @APIResponseSchema(value = ActivityItem[].class)
    public Response releases(
            @PathParam("grant_id") String grantId,
            @Parameter(schema = @Schema(implementation = Long.class)) @QueryParam("before") @Nullable String before,
            @Parameter(schema = @Schema(implementation = Integer.class)) @QueryParam("limit") @Nullable String limit,
            HttpHeaders headers) {
        OwnConsent found = own(grantId, headers);
        Paging paging = Paging.of(before, limit);
        GrantEvents.Page page =
                events.of(found.person(), found.grant(), EventKind::isReleaseOrAttempt, paging.before(), paging.size());
        return paging.answer(
                page.events().stream().map(ActivityItem::of).toList(),
                page.older(),
                "/api/me/consents/" + found.grant() + "/releases");
    }

    @GET
    @Path("/consents/{grant_id}/events")
    @Operation(summary = "What the client is told of a consent, newest first, and what it said to that")
    public List<EventItem> events(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        OwnConsent found = own(grantId, headers);
        return told.of(found.person(), found.grant()).stream()
                .map(notice -> new EventItem(
                        notice.event().orElse(null),
                        notice.state().wire(),
                        notice.sentAt().orElse(null),
                        notice.acknowledgedAt().orElse(null),
                        notice.refusedAt().orElse(null)))
                .toList();
    }

    @GET
    @Path("/consents/{grant_id}/obligations")
    @Operation(summary = "What the client must delete by when, after a consent has ended")
    public List<ObligationItem> obligations(@PathParam("grant_id") String grantId, HttpHeaders headers) {
        OwnConsent found = own(grantId, headers);
        return duties.of(found).stream()
                .map(duty -> new ObligationItem(
                        duty.dueAt(),
                        duty.state().wire(),
                        duty.attestedAt().orElse(null),
                        duty.deletedAt().orElse(null),
                        duty.kept().map(RetentionGround::wire).orElse(null)))
                .toList();
    }

    private OwnConsent own(String grantId, HttpHeaders headers) {
        return own.require(resident.require(headers).person(), grantId);
    }
}

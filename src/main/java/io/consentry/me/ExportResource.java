package io.consentry.me;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.consentry.consent.Consents;
import io.consentry.consent.OwnConsent;
import io.consentry.consent.OwnConsents;
import io.consentry.export.ConsentRecords;
import io.consentry.export.RecordDocument;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.consentry.person.CurrentPerson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A person's consents in open formats, to take along. */
@Path("/api/me")
@Tag(name = "Resident")
public class ExportResource {

    private static final String LINKED = "application/ld+json";

    private final CurrentPerson resident;
    private final OwnConsents own;
    private final Consents consents;
    private final ConsentRecords records;
    private final Settings settings;
    private final InstantSource clock;

    ExportResource(
            CurrentPerson resident,
            OwnConsents own,
            Consents consents,
            ConsentRecords records,
            Settings settings,
            InstantSource clock) {
        this.resident = resident;
        this.own = own;
        this.consents = consents;
        this.records = records;
        this.settings = settings;
        this.clock = clock;
    }

    /** The records of all consents of a person. */
    public record Export(
            @JsonProperty("$schema") String schema,
            @JsonProperty("exported_at") Instant exportedAt,
            List<RecordDocument> records) {}

    @GET
    @Path("/consents/{grant_id}/record")
    @Produces({MediaType.APPLICATION_JSON, LINKED})
    @Operation(
            summary = "The record of a consent: plain, or by ISO/IEC TS 27560 in JSON-LD",
            description = "By the Accept header, or by format=json or format=jsonld. Holds no values.")
    @APIResponse(
            responseCode = "200",
            description = "The record",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RecordDocument.class)),
                @Content(mediaType = LINKED)
            })
    public Response record(
            @PathParam("grant_id") String grantId,
            @QueryParam("format") @Nullable String format,
            @Context Request request,
            HttpHeaders headers) {
        OwnConsent found = own.require(resident.require(headers).person(), grantId);
        boolean linked = isLinked(format, request);
        Object record = linked
                ? records.linked(found.person(), found.held()).toString()
                : records.of(found.person(), found.held());
        return file(
                record,
                linked ? LINKED : MediaType.APPLICATION_JSON,
                "consent-" + found.grant() + (linked ? ".jsonld" : ".json"));
    }

    @GET
    @Path("/consents/export")
    @Produces({MediaType.APPLICATION_JSON, LINKED})
    @Operation(
            summary = "The records of all consents of the signed-in person",
            description =
                    "By the Accept header, or by format=json or format=jsonld: the latter an array of linked records.")
    @APIResponse(
            responseCode = "200",
            description = "The records, newest consent first",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Export.class)),
                @Content(mediaType = LINKED)
            })
    public Response export(
            @QueryParam("format") @Nullable String format, @Context Request request, HttpHeaders headers) {
        PersonId person = resident.require(headers).person();
        if (isLinked(format, request)) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            consents.of(person).forEach(held -> all.add(records.linked(person, held)));
            return file(all.toString(), LINKED, "consents.jsonld");
        }
        var export = new Export(
                settings.baseUrl() + "/schemas/consent-export.json",
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                consents.of(person).stream()
                        .map(held -> records.of(person, held))
                        .toList());
        return file(export, MediaType.APPLICATION_JSON, "consents.json");
    }

    private static boolean isLinked(@Nullable String format, Request request) {
        if (format == null) {
            Variant chosen =
                    request.selectVariant(Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(LINKED))
                            .build());
            return chosen != null && chosen.getMediaType().equals(MediaType.valueOf(LINKED));
        }
        return switch (format) {
            case "json" -> false;
            case "jsonld" -> true;
            default ->
                throw Fault.of(FaultCode.INVALID_PARAMETER, "There is no such format.")
                        .expecting("json or jsonld", format)
                        .raise();
        };
    }

    private static Response file(Object entity, String type, String name) {
        return Response.ok(entity, type)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}

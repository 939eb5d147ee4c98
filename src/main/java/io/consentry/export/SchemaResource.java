package io.consentry.export;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The schemas of what is exported, for whoever checks a record. */
@Path("/schemas")
@Tag(name = "Resident")
public class SchemaResource {

    static final String PATH = "/schemas/";

    @GET
    @Path("/{file}")
    @Operation(
            summary = "The JSON Schema (2020-12) of a consent record: consent-record.json, consent-record-27560.json"
                    + " or consent-export.json")
    @APIResponse(responseCode = "200", description = "The schema, as application/schema+json")
    public Response schema(@PathParam("file") String file) {
        return Schema.of(file)
                .map(schema -> Response.ok(schema.text(), "application/schema+json")
                        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                        .build())
                .orElseThrow(() -> Fault.of(FaultCode.NOT_FOUND, "There is no schema of this name.")
                        .raise());
    }
}

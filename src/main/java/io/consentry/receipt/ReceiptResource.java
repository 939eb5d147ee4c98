package io.consentry.receipt;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.person.CurrentPerson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A person's receipts, to take along. */
@Path("/api/me/receipts/{log: [0-9]{1,3}}/{number: [1-9][0-9]{0,17}}")
@Tag(name = "Resident")
public class ReceiptResource {

    private final CurrentPerson resident;
    private final Receipts receipts;

    ReceiptResource(CurrentPerson resident, Receipts receipts) {
        this.resident = resident;
        this.receipts = receipts;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The receipt of an event",
            description =
                    "By the event's ledger_log and number. Checked by scripts/verify receipt, or at /ledger/verify,"
                            + " without trusting this service. Whoever has it can show what happened, so it is the person's alone.")
    @APIResponse(
            responseCode = "200",
            description = "The receipt",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Receipt.class)))
    public Response receipt(@PathParam("log") int log, @PathParam("number") long number, HttpHeaders headers) {
        PersonId person = resident.require(headers).person();
        Receipt receipt = receipts.of(person, new LogNumber(log), number)
                .orElseThrow(() -> Fault.of(FaultCode.NOT_FOUND, "You have no event of this number in this log.")
                        .raise());
        String file = "event-" + log + "-" + number + ".consent-receipt.json";
        return Response.ok(receipt)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .build();
    }
}

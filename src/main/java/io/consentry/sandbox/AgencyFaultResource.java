package io.consentry.sandbox;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Makes a mock agency misbehave, for tests and for developers who want to see it: {@code PUT
 * /sandbox/agencies/{agency}/fault} with {@code kind} ({@code down}, {@code slow}, {@code nonsense}, {@code malformed},
 * {@code other_person}, {@code over_return}, {@code oversized}, {@code error}), for {@code slow} {@code seconds} (10), and
 * for {@code malformed} {@code at} (a JSON pointer into its answer) and {@code value} (null); {@code DELETE} ends it. Both
 * answer 204. Holds for this node until it stops.
 */
@Path("/sandbox/agencies/{agency}/fault")
public final class AgencyFaultResource {

    private final AgencyFaults faults;

    AgencyFaultResource(AgencyFaults faults) {
        this.faults = faults;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public void misbehave(@PathParam("agency") String agency, @Nullable AgencyFault fault) {
        if (fault == null) {
            throw Fault.of(FaultCode.MALFORMED_REQUEST, "The request has no body.")
                    .expecting("JSON with a kind", null)
                    .raise();
        }
        faults.set(find(agency), fault);
    }

    @DELETE
    public void behave(@PathParam("agency") String agency) {
        faults.clear(find(agency));
    }

    private static Agency find(String name) {
        return Agency.named(name)
                .orElseThrow(() -> Fault.of(FaultCode.NOT_FOUND, "There is no such agency.")
                        .raise());
    }
}

package io.consentry.sandbox;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /sandbox/clients}: the ready-made clients, private test keys included. */
@Path("/sandbox/clients")
@Tag(name = "Sandbox")
public class ReadyClientsResource {

    private final Settings settings;
    private final ReadyClients clients;

    ReadyClientsResource(Settings settings, ReadyClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The ready-made clients, with their private test keys")
    public RestResponse<List<ReadyClient>> list() {
        if (!settings.isSandbox()) {
            throw Fault.of(FaultCode.NOT_FOUND, "There is nothing at this address.")
                    .raise();
        }
        return RestResponse.ResponseBuilder.ok(clients.all())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}

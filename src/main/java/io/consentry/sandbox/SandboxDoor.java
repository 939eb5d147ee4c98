package io.consentry.sandbox;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Outside the sandbox its addresses do not exist: they answer as any unknown one does, before a resource is looked for. */
@Provider
@PreMatching
class SandboxDoor implements ContainerRequestFilter {

    private final boolean open;

    SandboxDoor(Settings settings) {
        this.open = settings.isSandbox();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!open && (belongs(path, "/sandbox") || belongs(path, "/bank"))) {
            throw Fault.of(FaultCode.NOT_FOUND, "Check the address.").raise();
        }
    }

    private static boolean belongs(String path, String part) {
        return path.equals(part) || path.startsWith(part + "/");
    }
}

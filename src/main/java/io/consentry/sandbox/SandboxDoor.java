package io.consentry.sandbox;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Outside the sandbox its addresses do not exist: they answer as any unknown one does, before a resource is looked for. */
@Provider
@PreMatching
class SandboxDoor implements ContainerRequestFilter {

    private final Instance<Settings> settings;

    /** Filters are made before settings can be read. */
    SandboxDoor(Instance<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if ((belongs(path, "/sandbox") || belongs(path, "/bank"))
                && !settings.get().isSandbox()) {
            throw Fault.of(FaultCode.NOT_FOUND, "Check the address.").raise();
        }
    }

    private static boolean belongs(String path, String part) {
        return path.equals(part) || path.startsWith(part + "/");
    }
}

package io.consentry.publication;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses everything but what was published, while the database is not the one that it was published from. */
class OutOfStep {

    private static final String PUBLISHED = "/ledger/";

    private final LogTrust trust;

    OutOfStep(LogTrust trust) {
        this.trust = trust;
    }

    @ServerRequestFilter(preMatching = true, priority = 0)
    public void refuse(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith(PUBLISHED)) {
            trust.require();
        }
    }
}

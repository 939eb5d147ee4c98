package io.consentry.publication;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses everything but what was published, while the database is not the one that it was published from. */
class OutOfStep {

    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final String PUBLISHED = "/ledger/";

    private final LogTrust trust;

    OutOfStep(LogTrust trust) {
        this.trust = trust;
    }

    @ServerRequestFilter(preMatching = true, priority = 0)
    public void refuse(ContainerRequestContext request) {
        if (!trust.isInStep() && !request.getUriInfo().getPath().startsWith(PUBLISHED)) {
            throw Fault.of(FaultCode.LEDGER_OUT_OF_STEP, "The database does not have what was published of the ledger.")
                    .retryingAfter(RETRY)
                    .raise();
        }
    }
}

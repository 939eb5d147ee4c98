package io.consentry.health;

import io.consentry.postgres.LocalDatabase;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this node should be asked at all: down only for a fault of its own. Asynchronous, as that one kind of check is
 * answered without a worker thread, so that a node whose workers are all busy still answers within its second.
 */
@Readiness
@ApplicationScoped
class NodeReadiness implements AsyncHealthCheck {

    private final Lookout lookout;

    NodeReadiness(Lookout lookout) {
        this.lookout = lookout;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::answer);
    }

    private HealthCheckResponse answer() {
        Map<String, String> faults = new TreeMap<>(lookout.last().faultsOfThisNode(System.nanoTime()));
        if (LocalDatabase.state() == LocalDatabase.DOWN) {
            faults.put("embedded database", "It is down.");
        }
        var response = HealthCheckResponse.named("node").status(faults.isEmpty());
        faults.forEach(response::withData);
        return response.build();
    }
}

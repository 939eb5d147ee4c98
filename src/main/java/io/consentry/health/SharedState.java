package io.consentry.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * What all nodes share. It says {@code degraded} and what is, and is always up: to take every node out of service because of
 * it would end what still works, withdrawals first of all.
 */
@Readiness
@ApplicationScoped
class SharedState implements AsyncHealthCheck {

    private final Lookout lookout;

    SharedState(Lookout lookout) {
        this.lookout = lookout;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::answer);
    }

    private HealthCheckResponse answer() {
        Map<String, String> degraded = lookout.last().degraded();
        var response =
                HealthCheckResponse.named("shared").up().withData("state", degraded.isEmpty() ? "well" : "degraded");
        degraded.forEach(response::withData);
        return response.build();
    }
}

package io.consentry.source;

import io.consentry.health.Outage;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** Sources whose breaker is open on this node: their attributes are missing from every answer, and nothing else is. */
@ApplicationScoped
class SourcesDown implements Outage {

    private final Guards guards;
    private final CircuitBreakerMaintenance breakers;

    SourcesDown(Guards guards, CircuitBreakerMaintenance breakers) {
        this.guards = guards;
        this.breakers = breakers;
    }

    @Override
    public Map<String, String> now() {
        var down = new TreeMap<String, String>();
        for (String name : guards.asked()) {
            if (breakers.currentState(Guards.breaker(name)) != CircuitBreakerState.CLOSED) {
                down.put("source " + name, "It fails too often, and is left alone for a while.");
            }
        }
        return down;
    }
}

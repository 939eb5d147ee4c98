package io.consentry.release;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Counts releases by client. Who they were about, and of what, is in the ledger and nowhere else. */
@ApplicationScoped
class ReleaseMetrics {

    private final MeterRegistry meters;

    ReleaseMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(@Observes ReleaseCommitted release) {
        meters.counter("consentry.releases", "client_id", release.clientId().value())
                .increment();
    }
}

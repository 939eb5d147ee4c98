package io.consentry.client;

import io.consentry.kernel.ClientId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells the log and the metrics which client still needs which leniency, so that it can be moved off it. */
@ApplicationScoped
public class LenienciesUsed {

    private static final Logger LOG = Logger.getLogger(LenienciesUsed.class);

    private final MeterRegistry meters;

    LenienciesUsed(MeterRegistry meters) {
        this.meters = meters;
    }

    public void by(ClientId client, Leniency leniency) {
        LOG.infof("Client %s used its leniency %s", client, leniency.wire());
        meters.counter("consentry.leniencies.used", "client_id", client.value(), "leniency", leniency.wire())
                .increment();
    }
}

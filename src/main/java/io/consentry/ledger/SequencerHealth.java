package io.consentry.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as entries get their indexes: by this node's sequencer, or by another's whose turn it is. */
@Readiness
@ApplicationScoped
class SequencerHealth implements HealthCheck {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final Sequencer sequencer;

    SequencerHealth(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    @Override
    public HealthCheckResponse call() {
        Duration silence = sequencer.sinceLastRun();
        return HealthCheckResponse.named("ledger sequencer")
                .status(silence.compareTo(LONGEST_SILENCE) < 0)
                .withData("seconds since it last ran", silence.toSeconds())
                .build();
    }
}

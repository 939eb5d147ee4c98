package io.consentry.witness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Who must have seen the ledger, and for how long the service does without. */
@ConfigMapping(prefix = "consentry.ledger")
interface WitnessSettings {

    /** A C2SP tlog-policy file that names witnesses with their addresses, and how many are enough. Without it there are none. */
    Optional<Path> witnesses();

    /** How long new entries may stay unwitnessed before the service is degraded. Only where the policy asks for witnesses. */
    @DurationMin(seconds = 1)
    @DurationMax(days = 7)
    @WithDefault("PT60S")
    Duration witnessWarnAfter();

    /** How long, before it grants and releases nothing more until they are witnessed. Withdrawals always go on. */
    @DurationMin(seconds = 2)
    @DurationMax(days = 30)
    @WithDefault("PT15M")
    Duration witnessStopAfter();
}

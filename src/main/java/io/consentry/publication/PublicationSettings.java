package io.consentry.publication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** When strangers see what was recorded. */
@ConfigMapping(prefix = "consentry.ledger.publication")
public interface PublicationSettings {

    /** How long new entries wait for a checkpoint that covers them; what is acknowledged within it can vanish with the database. */
    @DurationMin(millis = 50)
    @DurationMax(minutes = 1)
    @WithDefault("1S")
    Duration interval();

    /** How often the last published entries are held against the database while nothing is added. */
    @DurationMin(millis = 50)
    @DurationMax(hours = 1)
    @WithDefault("10S")
    Duration verification();
}

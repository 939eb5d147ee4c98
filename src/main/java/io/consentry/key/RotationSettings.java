package io.consentry.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How our signing keys follow each other. */
@ConfigMapping(prefix = "consentry.signing-keys")
interface RotationSettings {

    /** How long a key signs before the next takes over by itself. */
    @DurationMin(hours = 2)
    @DurationMax(days = 1000)
    @WithDefault("P90D")
    Duration rotateEvery();

    /**
     * How long a new key is published before it signs. Clients keep our key set for an hour, so an hour is the least; more
     * leaves room for those that keep it longer than they were told.
     */
    @DurationMin(hours = 1, message = "must be at least {hours} hour, for which clients keep our keys")
    @DurationMax(days = 90)
    @WithDefault("PT2H")
    Duration publishAhead();

    /**
     * How long a key stays published after another has taken over: at least as long as anything it signed is good for (ten
     * minutes, for an ID token), and the hour that clients keep the set. A record has no end; whoever verifies one later
     * than this needs the key from its own archive.
     */
    @DurationMin(hours = 2, message = "must be at least {hours} hours: clients keep our keys for one")
    @DurationMax(days = 3650)
    @WithDefault("PT25H")
    Duration publishAfter();
}

package io.consentry.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How far the database's clock is trusted. */
@ConfigMapping(prefix = "consentry.clock")
interface ClockSettings {

    /**
     * How far the clock may jump between two looks at it, seconds apart, before it is in doubt: then nothing is ended for
     * good until it is back, or an operator has accepted it.
     */
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    @WithDefault("PT5M")
    Duration largestJump();

    /**
     * How long no node may have run before the time at a start is in doubt: from outside, a long rest looks like a jump.
     * Also after a shorter one, the node's own clock has to agree.
     */
    @DurationMin(minutes = 1)
    @DurationMax(days = 3650)
    @WithDefault("P30D")
    Duration longestRest();

    /**
     * How long time is told after the last look at the database's clock; then whatever needs it is refused. A node counts on
     * by its own monotonic clock meanwhile, which is good for much longer.
     */
    @DurationMin(seconds = 10)
    @DurationMax(days = 7)
    @WithDefault("PT10M")
    Duration countOn();

    /** How far the service's time is ahead of the database's clock, to see in the sandbox what time will bring. */
    @DurationMin(seconds = 0)
    @DurationMax(days = 36500)
    @WithDefault("PT0S")
    Duration ahead();
}

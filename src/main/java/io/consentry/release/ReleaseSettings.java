package io.consentry.release;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What is put on record of releases. */
@ConfigMapping(prefix = "consentry.release")
interface ReleaseSettings {

    /**
     * A client that tries to use a grant which is not in force gets one entry in the ledger for each reason in so much time, however
     * often it tries. Longer lets the ledger grow more slowly, and tells people less often.
     */
    @DurationMin(minutes = 1)
    @DurationMax(days = 1)
    @WithDefault("PT1H")
    Duration refusalsEvery();
}

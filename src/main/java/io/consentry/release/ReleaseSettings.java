package io.consentry.release;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is put on record of releases. */
@ConfigMapping(prefix = "consentry.release")
interface ReleaseSettings {

    /**
     * A client that tries to use a grant which is not in force gets one entry in the ledger for each reason in so much time, however
     * often it tries; a minute to a day. Longer lets the ledger grow more slowly, and tells people less often.
     */
    @WithDefault("PT1H")
    Duration refusalsEvery();
}

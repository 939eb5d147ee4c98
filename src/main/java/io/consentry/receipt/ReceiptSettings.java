package io.consentry.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What receipts promise. */
@ConfigMapping(prefix = "consentry.receipt")
public interface ReceiptSettings {

    /** How long after an event the log has its entry at the latest, longer than the longest pause between checkpoints: a receipt older than that without a proof shows that we broke our word. */
    @DurationMin(minutes = 2)
    @DurationMax(hours = 24)
    @WithDefault("PT2M")
    Duration promise();
}

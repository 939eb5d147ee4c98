package io.consentry.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How patient we are with the receivers of events. */
@ConfigMapping(prefix = "consentry.notice")
interface NoticeSettings {

    /** How long a receiver may take in all, from the look-up of its name to the last byte of its answer. */
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    @WithDefault("PT3S")
    Duration answerWithin();

    /** How long to wait after a first failed push; doubles with each further one. */
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    @WithDefault("PT1S")
    Duration firstRetry();

    /** The longest wait between two pushes of the same event. */
    @DurationMin(seconds = 1)
    @DurationMax(days = 7)
    @WithDefault("PT1H")
    Duration longestRetry();

    /** For how long an event is pushed again, counted from the first try; afterwards it waits to be fetched, for ever. */
    @DurationMin(minutes = 1)
    @DurationMax(days = 90)
    @WithDefault("P7D")
    Duration pushFor();

    /** For how long a client that fetches is kept waiting when there is nothing for it yet. */
    @DurationMin(millis = 1)
    @DurationMax(seconds = 50)
    @WithDefault("PT20S")
    Duration longPoll();

    /** How long a delivered event stays in the outbox; the ledger keeps its entries for ever. */
    @DurationMin(hours = 1)
    @DurationMax(days = 3650)
    @WithDefault("P30D")
    Duration keepDelivered();
}

package io.consentry.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient we are with the receivers of events. */
@ConfigMapping(prefix = "consentry.notice")
interface NoticeSettings {

    /** How long a receiver may take in all, from the look-up of its name to the last byte of its answer. */
    @WithDefault("PT3S")
    Duration answerWithin();

    /** How long to wait after a first failed push; doubles with each further one. */
    @WithDefault("PT1S")
    Duration firstRetry();

    /** The longest wait between two pushes of the same event. */
    @WithDefault("PT1H")
    Duration longestRetry();

    /** For how long an event is pushed again, counted from the first try; afterwards it waits to be fetched, for ever. */
    @WithDefault("P7D")
    Duration pushFor();

    /** For how long a client that fetches is kept waiting when there is nothing for it yet. */
    @WithDefault("PT20S")
    Duration longPoll();

    /** How long a delivered event stays in the outbox; the ledger keeps its entries for ever. */
    @WithDefault("P30D")
    Duration keepDelivered();
}

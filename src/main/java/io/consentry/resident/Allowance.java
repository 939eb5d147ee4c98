package io.consentry.resident;

import io.consentry.catalogue.Limits.Rate;
import io.consentry.catalogue.Purpose;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;

/** How often and how far back a client may fetch, in words. */
@ApplicationScoped
class Allowance {

    private static final long OFTEN_PER_DAY = 24;
    private static final Duration SHORT = Duration.ofDays(2);

    private final ConsentMessages messages;
    private final Writing writing;

    Allowance(ConsentMessages messages, ValueMessages words) {
        this.messages = messages;
        this.writing = new Writing(Locale.ENGLISH, words);
    }

    String often(Purpose.Access access) {
        if (access.limits().total().isPresent()) {
            return messages.oftenInAll(access.limits().total().getAsLong());
        }
        return access.limits()
                .rate()
                .map(rate -> messages.oftenPer(rate.releases(), writing.length(rate.per())))
                .orElseGet(messages::oftenFree);
    }

    /** Whether that is unusually often: more than once an hour, or without any limit for longer than two days. */
    boolean isUnusual(Purpose.Access access) {
        if (access.limits().total().isPresent()) {
            return false;
        }
        return access.limits()
                .rate()
                .map(rate -> perDay(rate) > OFTEN_PER_DAY)
                .orElse(access.period().compareTo(SHORT) > 0);
    }

    String howFar(Purpose.Access access) {
        return access.limits()
                .history()
                .map(period -> messages.farBack(writing.length(period)))
                .orElseGet(messages::farAll);
    }

    private static double perDay(Rate rate) {
        return (double) rate.releases()
                * Duration.ofDays(1).toMillis()
                / rate.per().toMillis();
    }
}

package io.consentry.wording;

import io.consentry.catalogue.Limits.Rate;
import io.consentry.catalogue.Purpose;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How often and how far back a client may fetch, in words. */
@ApplicationScoped
public class Allowance {

    private static final long OFTEN_PER_DAY = 24;
    private static final Duration SHORT = Duration.ofDays(2);

    private final Language language;
    private final Writing writing;

    Allowance(Language language, Writing writing) {
        this.language = language;
        this.writing = writing;
    }

    public String often(Purpose.Access access) {
        if (access.limits().total().isPresent()) {
            return messages().oftenInAll(access.limits().total().getAsLong());
        }
        return access.limits()
                .rate()
                .map(rate -> messages().oftenPer(rate.releases(), writing.length(rate.per())))
                .orElseGet(messages()::oftenFree);
    }

    /** Whether that is unusually often: more than once an hour, or without any limit for longer than two days. */
    public boolean isUnusual(Purpose.Access access) {
        if (access.limits().total().isPresent()) {
            return false;
        }
        return access.limits()
                .rate()
                .map(rate -> perDay(rate) > OFTEN_PER_DAY)
                .orElse(access.period().compareTo(SHORT) > 0);
    }

    public String howFar(Purpose.Access access) {
        return access.limits()
                .history()
                .map(period -> messages().farBack(writing.length(period)))
                .orElseGet(messages()::farAll);
    }

    private PromiseMessages messages() {
        return language.messages(PromiseMessages.class);
    }

    private static double perDay(Rate rate) {
        return (double) rate.releases()
                * Duration.ofDays(1).toMillis()
                / rate.per().toMillis();
    }
}

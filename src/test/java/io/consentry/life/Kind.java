package io.consentry.life;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a client asks for, and what its purpose allows. */
enum Kind {
    /** For a day, as often as the client likes. */
    OPENING("account_opening", Duration.ofDays(1), List.of("dob", "name"), List.of("nationality", "race", "sex")),
    /** For a year, with refresh tokens, four times a day. */
    REVIEW(
            "account_review",
            Duration.ofDays(365),
            List.of("name", "uinfin"),
            List.of("nationality", "regadd", "residentialstatus")),
    /** For a quarter of an hour, once. */
    CHECK("age_check", Duration.ofMinutes(15), List.of("name"), List.of("dob", "partialuinfin", "uinfin"));

    private final String purpose;
    private final Duration access;
    private final List<String> required;
    private final List<String> optional;

    Kind(String purpose, Duration access, List<String> required, List<String> optional) {
        this.purpose = purpose;
        this.access = access;
        this.required = required;
        this.optional = optional;
    }

    String purpose() {
        return purpose;
    }

    /** How long a person's decision holds. */
    Duration access() {
        return access;
    }

    List<String> required() {
        return required;
    }

    List<String> optional() {
        return optional;
    }

    SortedSet<String> attributes() {
        var all = new TreeSet<>(required);
        all.addAll(optional);
        return all;
    }

    boolean isPeriodic() {
        return this == REVIEW;
    }

    long perDay() {
        return this == REVIEW ? 4 : Long.MAX_VALUE;
    }

    long inAll() {
        return this == CHECK ? 1 : Long.MAX_VALUE;
    }
}

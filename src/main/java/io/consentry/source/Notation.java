package io.consentry.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** How a source writes the day of something. Strict: a day that does not exist, or is written otherwise, is malformed. */
@FunctionalInterface
interface Notation {

    /** {@code 2026-05-04}. */
    Notation ISO = days("uuuu-MM-dd");

    ZoneId SINGAPORE = ZoneId.of("Asia/Singapore");
    int LAST_YEAR = 9999;

    LocalDate day(String text);

    /** Days in this pattern, month names in English. Java reads more than it writes, so what was read is written again. */
    static Notation days(String pattern) {
        DateTimeFormatter form =
                DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        return text -> {
            try {
                LocalDate day = LocalDate.parse(text, form);
                if (day.getYear() >= 1
                        && day.getYear() <= LAST_YEAR
                        && form.format(day).equals(text)) {
                    return day;
                }
            } catch (DateTimeException e) {
                // Falls through: the parser's message quotes a personal value.
            }
            throw new MalformedValue();
        };
    }

    /** Instants as RFC 3339 writes them; the day is that in Singapore. */
    static Notation instants() {
        return text -> instant(text).atZoneSameInstant(SINGAPORE).toLocalDate();
    }

    /** RFC 3339 §5.6 {@code date-time}: seconds and offset are there, and upper case. */
    static OffsetDateTime instant(String text) {
        if (text.matches(
                "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")) {
            try {
                return OffsetDateTime.parse(text);
            } catch (DateTimeException e) {
                // Falls through: the parser's message quotes a personal value.
            }
        }
        throw new MalformedValue();
    }
}

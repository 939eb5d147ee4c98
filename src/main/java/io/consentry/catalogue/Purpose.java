package io.consentry.catalogue;

import java.time.Duration;
import java.time.Period;
import java.util.Locale;

/**
 * Why a client asks, and for how long.
 *
 * @param code the stable code, for example {@code account_opening}
 * @param accessPeriod how long after the approval the client may fetch
 * @param retentionPeriod how long the client may keep what it fetched
 */
public record Purpose(String code, Duration accessPeriod, Period retentionPeriod) {

    public Purpose {
        if (!code.matches("[a-z]+(_[a-z]+)*")) {
            throw new IllegalArgumentException("bad purpose code " + code);
        }
        if (!accessPeriod.isPositive() || retentionPeriod.isZero() || retentionPeriod.isNegative()) {
            throw new IllegalArgumentException("purpose " + code + " needs periods longer than nothing");
        }
    }

    /** A few words, as a heading. */
    public String title(Locale locale) {
        return Words.find("purpose." + code + ".title", locale);
    }

    /** One plain sentence for the consent page. */
    public String sentence(Locale locale) {
        return Words.find("purpose." + code + ".sentence", locale);
    }

    /** What the person gives up, and what stays as it is, when they withdraw. */
    public String withdrawalConsequence(Locale locale) {
        return Words.find("purpose." + code + ".withdrawal", locale);
    }
}

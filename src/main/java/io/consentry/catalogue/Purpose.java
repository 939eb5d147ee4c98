package io.consentry.catalogue;

import io.consentry.kernel.AttributeName;
import java.time.Duration;
import java.time.Period;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A purpose template: why a kind of client asks, what it may ask for, how often, how far back, how long, and what it owes
 * afterwards. Never changed once published: a change is a new version, and grants keep the one they were given under.
 *
 * @param id the stable code, for example {@code account_opening}, and the version
 * @param attributes what may be asked for
 * @param access while it lasts
 * @param keeping what the client may keep, and until when it must delete
 */
public record Purpose(PurposeVersion id, SortedSet<AttributeName> attributes, Access access, Keeping keeping) {

    public Purpose {
        if (!id.code().matches("[a-z]+(_[a-z]+)*") || id.version() < 1) {
            throw new IllegalArgumentException("bad purpose " + id);
        }
        attributes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(attributes));
    }

    /**
     * How a grant for this purpose may be used.
     *
     * @param period how long after the approval the client may fetch
     * @param periodic whether it may do so again and again without the person present, if it is registered for that
     * @param remindEvery how often the person is reminded that the grant lives; there for periodic access
     */
    public record Access(Duration period, boolean periodic, Limits limits, Optional<Duration> remindEvery) {

        private static final Duration LONGEST = Duration.ofDays(366);
        private static final Duration RAREST_REMINDER = Duration.ofDays(90);

        public Access {
            if (!period.isPositive() || period.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("access lasts longer than nothing and a year at most");
            }
            if (periodic
                    && remindEvery
                            .filter(wait -> wait.compareTo(RAREST_REMINDER) <= 0)
                            .isEmpty()) {
                throw new IllegalArgumentException("periodic access reminds the person at least every 90 days");
            }
        }
    }

    /**
     * What a client may do with what it fetched.
     *
     * @param retention how long it may keep it after fetching
     * @param deleteWithin how soon it must have deleted it when the person withdraws or the grant is ended by an office
     */
    public record Keeping(Period retention, Period deleteWithin) {

        public Keeping {
            if (retention.isZero() || retention.isNegative() || deleteWithin.isNegative()) {
                throw new IllegalArgumentException("what is fetched is kept for longer than nothing");
            }
        }
    }

    public String code() {
        return id.code();
    }

    public int version() {
        return id.version();
    }

    public Duration accessPeriod() {
        return access.period();
    }

    public Period retentionPeriod() {
        return keeping.retention();
    }

    /** What of these may not be asked for. */
    public SortedSet<AttributeName> excess(Collection<AttributeName> asked) {
        var excess = new TreeSet<>(asked);
        excess.removeAll(attributes);
        return excess;
    }

    /** A few words, as a heading. */
    public String title(Locale locale) {
        return Words.find("purpose." + code() + ".title", locale);
    }

    /** One plain sentence for the consent page. */
    public String sentence(Locale locale) {
        return Words.find("purpose." + code() + ".sentence", locale);
    }

    /** What the person gives up, and what stays as it is, when they withdraw. */
    public String withdrawalConsequence(Locale locale) {
        return Words.find("purpose." + code() + ".withdrawal", locale);
    }
}

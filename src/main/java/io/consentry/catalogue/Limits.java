package io.consentry.catalogue;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of a grant a purpose allows to be used.
 *
 * @param total how many releases in all; 1 is one-time use
 * @param rate how many releases in each period of equal length, counted from the approval
 * @param history how far back records of a history may reach; all of them when absent
 */
public record Limits(OptionalLong total, Optional<Rate> rate, Optional<Period> history) {

    /** As often as one likes while it lasts. */
    public static final Limits NONE = new Limits(OptionalLong.empty(), Optional.empty(), Optional.empty());

    public Limits {
        if (total.isPresent() && total.getAsLong() < 1) {
            throw new IllegalArgumentException("a grant that permits no release grants nothing");
        }
    }

    /** So many releases in each period. */
    public record Rate(long releases, Duration per) {

        public Rate {
            if (releases < 1 || !per.isPositive()) {
                throw new IllegalArgumentException("a rate is at least one release in a period longer than nothing");
            }
        }
    }

    /** Whether no further release is permitted after this many. */
    public boolean isUsedUp(long releases) {
        return total.isPresent() && releases >= total.getAsLong();
    }
}

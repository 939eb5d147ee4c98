package io.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.Limits;
import io.consentry.consent.Usage.Next;
import io.consentry.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

@Requirement("CX-LIMIT-1")
class UsageTest {

    private static final Instant SINCE = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Limits TWICE_A_DAY =
            new Limits(OptionalLong.empty(), Optional.of(new Limits.Rate(2, DAY)), Optional.empty());
    private static final Limits ONCE = new Limits(OptionalLong.of(1), Optional.empty(), Optional.empty());

    @Test
    void theLastPermittedReleaseSaysThatItIsTheLast() {
        Next only = Usage.NONE.next(ONCE, SINCE, SINCE);

        assertThat(only).isEqualTo(new Next.Permitted(new Usage(1, Optional.of(SINCE), 0, 1), true));
        assertThat(after(only).next(ONCE, SINCE, SINCE)).isInstanceOf(Next.UsedUp.class);
    }

    @Test
    void oneMoreThanThePeriodAllowsWaitsForTheNextPeriod() {
        Usage twice = after(after(Usage.NONE.next(TWICE_A_DAY, SINCE, SINCE)).next(TWICE_A_DAY, SINCE, SINCE));

        assertThat(twice.next(TWICE_A_DAY, SINCE, SINCE.plus(DAY).minusMillis(1)))
                .isEqualTo(new Next.TooOften(Duration.ofMillis(1)));
        assertThat(twice.next(TWICE_A_DAY, SINCE, SINCE.plus(DAY))).isInstanceOf(Next.Permitted.class);
    }

    @Test
    void whatWasNotUsedInOnePeriodIsNotThereInTheNext() {
        Instant later = SINCE.plus(DAY.multipliedBy(5));
        Usage twice = after(after(Usage.NONE.next(TWICE_A_DAY, SINCE, later)).next(TWICE_A_DAY, SINCE, later));

        assertThat(twice.next(TWICE_A_DAY, SINCE, later)).isInstanceOf(Next.TooOften.class);
    }

    @Test
    void aClockThatIsBehindOpensNoPeriodThatIsOver() {
        Instant tomorrow = SINCE.plus(DAY);
        Usage twice = after(after(Usage.NONE.next(TWICE_A_DAY, SINCE, tomorrow)).next(TWICE_A_DAY, SINCE, tomorrow));

        assertThat(twice.next(TWICE_A_DAY, SINCE, SINCE)).isInstanceOf(Next.TooOften.class);
    }

    private static Usage after(Next next) {
        return ((Next.Permitted) next).after();
    }
}

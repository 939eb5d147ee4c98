package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a node believes of the database's clock. */
class CourseTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration YEAR_AND_MORE = Duration.ofDays(400);

    private record Set(Duration largestJump, Duration longestRest, Duration countOn, Duration ahead)
            implements ClockSettings {}

    private static final ClockSettings SETTINGS =
            new Set(Duration.ofMinutes(5), Duration.ofDays(30), Duration.ofMinutes(10), Duration.ZERO);

    @Test
    void theNodesOwnClockIsNobodysAffairWhileNodesRun() {
        Course course = Course.begin(look(NOON, NOON.minusSeconds(12), 0), SETTINGS, at(NOON.plus(YEAR_AND_MORE)));

        assertThat(course.against()).isEmpty();
        assertThat(course.tell(nanos(3))).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void aJumpIsNotBelievedAndTimeGoesOn() {
        Course course = begun();

        Course after = next(course, look(NOON.plus(YEAR_AND_MORE), NOON, 2));

        assertThat(after.tell(nanos(2))).isEqualTo(NOON.plusSeconds(2));
        assertThat(after.tellOther(nanos(2))).contains(NOON.plus(YEAR_AND_MORE));
    }

    @Test
    void aClockThatIsBackIsBelieved() {
        Course jumped = next(begun(), look(NOON.plus(YEAR_AND_MORE), NOON, 2));

        Course back = next(jumped, look(NOON.plusSeconds(60), NOON, 60));

        assertThat(back.against()).isEmpty();
        assertThat(back.tell(nanos(60))).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void aClockThatAnOperatorAcceptsIsBelievedAlsoBackwards() {
        Instant before = NOON.minus(YEAR_AND_MORE);
        Course jumped = next(begun(), look(before, NOON, 2));
        assertThat(jumped.tell(nanos(2))).isEqualTo(NOON.plusSeconds(2));

        Course accepted = next(jumped, look(before.plusSeconds(4), before.plusSeconds(3), 6));

        assertThat(accepted.against()).isEmpty();
        assertThat(accepted.tell(nanos(6))).isEqualTo(before.plusSeconds(4));
    }

    @Test
    void aSmallStepBackIsBelievedAndTimeStandsStillMeanwhile() {
        Course course = begun();
        course.tell(nanos(10));

        Course after = next(course, look(NOON.plusSeconds(7), NOON, 10));

        assertThat(after.against()).isEmpty();
        assertThat(after.tell(nanos(11))).isEqualTo(NOON.plusSeconds(10));
        assertThat(after.tell(nanos(14))).isEqualTo(NOON.plusSeconds(11));
    }

    @Test
    void aRestIsBelievedWhenTheNodesOwnClockAgrees() {
        Instant week = NOON.plus(Duration.ofDays(7));

        assertThat(Course.begin(look(week, NOON, 0), SETTINGS, at(week)).against())
                .isEmpty();
        assertThat(Course.begin(look(week, NOON, 0), SETTINGS, at(NOON)).tellOther(nanos(0)))
                .contains(NOON);
    }

    @Test
    void aRestThatIsTooLongIsNotBelievedUntilAnOperatorAcceptsIt() {
        Instant later = NOON.plus(YEAR_AND_MORE);

        Course begun = Course.begin(look(later, NOON, 0), SETTINGS, at(later));

        assertThat(begun.tellOther(nanos(0))).contains(NOON);
        assertThat(begun.tell(nanos(1))).isEqualTo(later.plusSeconds(1));
        assertThat(next(begun, look(later.plusSeconds(2), NOON, 2)).against()).isPresent();
        assertThat(next(begun, look(later.plusSeconds(2), later, 2)).against()).isEmpty();
    }

    @Test
    void aDatabaseThatIsBehindItsOwnMarkIsNotBelieved() {
        Course begun = Course.begin(look(NOON, NOON.plusSeconds(301), 0), SETTINGS, at(NOON));

        assertThat(begun.tellOther(nanos(0))).contains(NOON.plusSeconds(301));
    }

    @Test
    void whatTheServiceIsAheadIsNoJump() {
        Course course = begun();

        Course after = next(course, new Reading(NOON.plusSeconds(2), NOON, YEAR_AND_MORE, nanos(2)));

        assertThat(after.against()).isEmpty();
        assertThat(after.tell(nanos(2))).isEqualTo(NOON.plusSeconds(2).plus(YEAR_AND_MORE));
    }

    private static Course begun() {
        return Course.begin(look(NOON, NOON, 0), SETTINGS, at(NOON));
    }

    private static Course next(Course course, Reading look) {
        return course.next(look, SETTINGS, at(look.time()));
    }

    private static Reading look(Instant time, Instant mark, long second) {
        return new Reading(time, mark, Duration.ZERO, nanos(second));
    }

    private static InstantSource at(Instant time) {
        return InstantSource.fixed(time);
    }

    private static long nanos(long second) {
        return Duration.ofSeconds(second).toNanos();
    }
}

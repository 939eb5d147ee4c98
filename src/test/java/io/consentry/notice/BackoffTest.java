package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofHours(1));

    @Test
    @Requirement("CX-NOTICE-2")
    void waitsDoubleFromASecondToAnHour() {
        assertThat(BACKOFF.after(1, 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(BACKOFF.after(2, 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(BACKOFF.after(7, 1)).isEqualTo(Duration.ofSeconds(64));
        assertThat(BACKOFF.after(13, 1)).isEqualTo(Duration.ofHours(1));
        assertThat(BACKOFF.after(1_000_000, 1)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void chanceTakesAwayHalfAtMostAndNeverGoesBelowTheShortest() {
        assertThat(BACKOFF.after(1, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(BACKOFF.after(7, 0)).isEqualTo(Duration.ofSeconds(32));
        assertThat(BACKOFF.after(20, 0)).isEqualTo(Duration.ofMinutes(30));
    }
}

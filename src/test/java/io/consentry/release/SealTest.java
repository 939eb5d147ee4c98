package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealTest {

    @Test
    void whoeverComesBackWhenTheyWereToldComesNotTooEarly() {
        assertThat(Seal.secondsToWait(Duration.ZERO)).isZero();
        assertThat(Seal.secondsToWait(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(Seal.secondsToWait(Duration.ofSeconds(30))).isEqualTo(30);
        assertThat(Seal.secondsToWait(Duration.ofMillis(30_001))).isEqualTo(31);
    }
}

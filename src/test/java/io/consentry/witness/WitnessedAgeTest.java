package io.consentry.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.FaultCode;
import io.consentry.kernel.LogNumber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WitnessedAgeTest {

    private static final Duration WARN = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final LogNumber OTHER = new LogNumber(1);

    private final WitnessedAge age = new WitnessedAge(true, WARN, STOP);

    private static long ago(int seconds) {
        return System.nanoTime() - Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void untilTheFirstAgeAllIsWell() {
        age.wellAt(LogNumber.FIRST, ago(10));

        assertThat(age.now()).isEmpty();
        assertThat(age.stop()).isEmpty();
    }

    @Test
    void pastTheFirstAgeTheServiceIsDegradedAndGoesOn() {
        age.wellAt(LogNumber.FIRST, ago(30));

        assertThat(age.now()).containsOnlyKeys("ledger witnesses");
        assertThat(age.stop()).isEmpty();
    }

    @Test
    void pastTheSecondAgeNothingIsGrantedOrReleased() {
        age.wellAt(LogNumber.FIRST, ago(61));

        assertThat(age.now().get("ledger witnesses")).endsWith("nothing is granted or released.");
        assertThat(age.stop()).hasValueSatisfying(why -> {
            assertThat(why.code()).isEqualTo(FaultCode.LEDGER_NOT_WITNESSED);
            assertThat(why.retryAfter()).isPresent();
        });
    }

    @Test
    void theLogThatWaitedLongestDecides() {
        age.wellAt(LogNumber.FIRST, ago(1));
        age.wellAt(OTHER, ago(61));
        assertThat(age.stop()).isPresent();

        age.wellAt(OTHER, ago(2));
        age.wellAt(OTHER, ago(61)); // told late

        assertThat(age.stop()).isEmpty();
    }

    @Test
    void whereNobodyIsAskedNothingIsMissed() {
        var unjudged = new WitnessedAge(false, WARN, STOP);

        unjudged.wellAt(LogNumber.FIRST, ago(100_000));

        assertThat(unjudged.now()).isEmpty();
        assertThat(unjudged.stop()).isEmpty();
    }
}

package io.consentry.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lengths of time in words: promises exactly, waits never too short. */
@QuarkusTest
class WritingTest {

    @Inject
    Writing writing;

    @ParameterizedTest
    @CsvSource({
        "PT0S, 1 second", "PT0.2S, 1 second", "PT1S, 1 second", "PT30S, 30 seconds", "PT59.5S, 1 minute",
        "PT60S, 1 minute", "PT61S, 2 minutes", "PT119S, 2 minutes", "PT59M30S, 1 hour", "PT61M, 2 hours",
        "PT47H1M, 2 days", "PT48H, 2 days", "PT49H, 3 days"
    })
    void aWaitIsRoundedUpAndNeverNone(Duration wait, String words) {
        assertThat(writing.wait(wait)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds",
        "PT30S, 30 seconds",
        "PT1M, 1 minute",
        "PT90M, '1 hour, 30 minutes'",
        "PT24H, 24 hours",
        "PT36H, 36 hours",
        "P2D, 2 days",
        "P90D, 90 days",
        "P2DT12H, '2 days, 12 hours'"
    })
    void aLengthIsToldInFull(Duration length, String words) {
        assertThat(writing.length(length)).isEqualTo(words);
    }
}

package io.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.OrderStore.Span;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where lanes begin: between the first and the last grant, in the order of unsigned bytes, as PostgreSQL has it. */
class OrderSpanTest {

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-0000-000000000000, ffffffff-ffff-ffff-ffff-ffffffffffff",
        "019ac000-0000-7000-8000-000000000000, 019ac0ff-ffff-7fff-bfff-ffffffffffff",
        "019ac000-0000-7000-8000-000000000000, f6b7d1c0-0000-4000-8000-000000000000",
        "7fffffff-ffff-4fff-8fff-ffffffffffff, 80000000-0000-4000-8000-000000000000",
        "019ac000-0000-7000-8000-000000000000, 019ac000-0000-7000-8000-000000000001"
    })
    void everyPlaceLiesBetweenTheFirstAndTheLast(UUID first, UUID last) {
        var random = new Random(7);
        var span = new Span(first, last);

        assertThat(Stream.generate(() -> span.somewhere(random).getMostSignificantBits())
                        .limit(10_000))
                .allMatch(place -> Long.compareUnsigned(place, first.getMostSignificantBits()) >= 0
                        && Long.compareUnsigned(place, last.getMostSignificantBits()) <= 0);
    }

    @ParameterizedTest
    @CsvSource("019ac000-0000-7000-8000-000000000000, 019ac0ff-ffff-7fff-bfff-ffffffffffff")
    void placesAreSpreadOverAllOfIt(UUID first, UUID last) {
        var random = new Random(7);
        var span = new Span(first, last);
        long middle = (first.getMostSignificantBits() + last.getMostSignificantBits()) / 2;

        assertThat(Stream.generate(() -> span.somewhere(random))
                        .limit(10_000)
                        .filter(place -> place.getMostSignificantBits() < middle)
                        .count())
                .isBetween(4_500L, 5_500L);
    }
}

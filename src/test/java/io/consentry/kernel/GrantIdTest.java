package io.consentry.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Identifiers of grants: in the order of time, beyond guessing all the same, and with the log of the grant in them. */
class GrantIdTest {

    @Test
    void beginsWithTheMillisecondInWhichItWasMade() {
        Instant before = Instant.now();
        GrantId grant = GrantId.create(LogNumber.FIRST);

        assertThat(grant.value().version()).isEqualTo(8);
        assertThat(grant.value().variant()).isEqualTo(2);
        assertThat(grant.value().getMostSignificantBits() >>> 16)
                .isBetween(before.toEpochMilli(), Instant.now().toEpochMilli());
    }

    @Test
    void endsWithBitsThatDifferEvenInOneMillisecond() {
        var ends = new HashSet<Long>();
        Stream.generate(() -> GrantId.create(LogNumber.FIRST))
                .limit(10_000)
                .forEach(grant -> ends.add(grant.value().getLeastSignificantBits()));

        assertThat(ends).hasSize(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 999})
    void namesItsLogForLife(int log) {
        GrantId grant = GrantId.create(new LogNumber(log));

        assertThat(GrantId.parse(grant.toString()).log()).isEqualTo(new LogNumber(log));
    }

    /** Whatever stands in a path is looked for and not found: it must not fail on the way there. */
    @ParameterizedTest
    @CsvSource({
        "another version, 0195c2a5-7d3e-7005-8d3e-000000000001",
        "chance alone, 6f1c2a5e-7d3e-4005-8d3e-000000000001",
        "a number that is none, 0195c2a5-7d3e-83e8-8d3e-000000000001",
        "a higher one, 0195c2a5-7d3e-8fff-8d3e-000000000001",
        "nothing, 00000000-0000-0000-0000-000000000000"
    })
    void anyOtherIdentifierIsOfTheFirstLog(String what, UUID id) {
        assertThat(new GrantId(id).log()).as(what).isEqualTo(LogNumber.FIRST);
    }
}

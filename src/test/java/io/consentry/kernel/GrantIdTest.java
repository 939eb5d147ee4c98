package io.consentry.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Identifiers of grants: in the order of time, and beyond guessing all the same. */
class GrantIdTest {

    @Test
    void beginsWithTheMillisecondInWhichItWasMade() {
        Instant before = Instant.now();
        GrantId grant = GrantId.create();

        assertThat(grant.value().version()).isEqualTo(7);
        assertThat(grant.value().variant()).isEqualTo(2);
        assertThat(grant.value().getMostSignificantBits() >>> 16)
                .isBetween(before.toEpochMilli(), Instant.now().toEpochMilli());
    }

    @Test
    void goesOnWithBitsThatDifferEvenInOneMillisecond() {
        var ends = new HashSet<Long>();
        var twelve = new HashSet<Long>();
        Stream.generate(GrantId::create).limit(10_000).forEach(grant -> {
            ends.add(grant.value().getLeastSignificantBits());
            twelve.add(grant.value().getMostSignificantBits() & 0xfff);
        });

        assertThat(ends).hasSize(10_000);
        assertThat(twelve)
                .as("no counter stands where there is room for chance")
                .hasSizeGreaterThan(3_000);
    }
}

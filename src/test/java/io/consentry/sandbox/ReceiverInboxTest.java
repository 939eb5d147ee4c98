package io.consentry.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.sandbox.ReceiverInbox.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Anybody can post to the example receiver: what it keeps has a bound, for one client and for all. */
@Requirement("CX-HTTP-8")
class ReceiverInboxTest {

    private static final int MOST = 8_000_000;
    private static final int MOST_OF_ONE = 200;
    private static final String LARGE = "x".repeat(60_000);

    private final ReceiverInbox inbox = new ReceiverInbox();

    @Test
    void ofOneClientTheLatestAreKept() {
        for (int i = 0; i < 2 * MOST_OF_ONE; i++) {
            inbox.keep("bank", token("token " + i));
        }

        List<Received> kept = inbox.of("bank");

        assertThat(kept).hasSize(MOST_OF_ONE);
        assertThat(kept.getFirst().token()).isEqualTo("token " + (2 * MOST_OF_ONE - 1));
    }

    @Test
    void allTogetherTakeABoundedSpaceHoweverManyNamesArePostedTo() throws InterruptedException {
        int names = 4 * MOST / LARGE.length();
        for (int i = 0; i < names; i++) {
            inbox.keep("bank-" + i, token(LARGE));
        }

        long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (characters(names) > MOST && System.nanoTime() < patience) {
            Thread.sleep(10); // what is too much goes in the background
        }
        assertThat(characters(names)).isLessThanOrEqualTo(MOST).isPositive();
    }

    private long characters(int names) {
        return IntStream.range(0, names)
                .mapToLong(i -> inbox.of("bank-" + i).stream()
                        .mapToLong(one -> one.token().length())
                        .sum())
                .sum();
    }

    private static Received token(String text) {
        return new Received(Instant.EPOCH, 202, Optional.empty(), Map.of(), text);
    }
}

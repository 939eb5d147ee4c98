package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.client.PublishedKeys.UnreachableException;
import io.consentry.requirement.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** When a client's key set is fetched, and when it is not. */
class PublishedKeysTest {

    private static final JWKSelector KNOWN = kid("sig-1");
    private static final JWKSelector UNKNOWN = kid("sig-2");

    private Instant now = Instant.EPOCH;
    private boolean down;
    private int fetches;
    private JWKSet served = new JWKSet(ExampleClient.SIGNING);
    private final PublishedKeys keys = new PublishedKeys(this::fetch, () -> now);

    private JWKSet fetch() throws IOException {
        fetches++;
        if (down) {
            throw new IOException("down");
        }
        return served;
    }

    @Test
    @Requirement("CX-KEY-5")
    void aSetIsGoodForAnHourAndNoLonger() throws Exception {
        assertThat(keys.select(KNOWN)).hasSize(1);
        pass(Duration.ofMinutes(59));
        assertThat(keys.select(KNOWN)).hasSize(1);
        assertThat(fetches).isOne();

        pass(Duration.ofMinutes(1));
        down = true;

        assertThatThrownBy(() -> keys.select(KNOWN)).isInstanceOf(UnreachableException.class);
    }

    @Test
    @Requirement("CX-KEY-5")
    void anUnknownKeyIsLookedForOnceInHalfAMinute() throws Exception {
        keys.select(KNOWN);

        for (int i = 0; i < 10; i++) {
            assertThat(keys.select(UNKNOWN)).isEmpty();
        }
        assertThat(fetches).isEqualTo(2);
        pass(Duration.ofSeconds(30));
        keys.select(UNKNOWN);

        assertThat(fetches).isEqualTo(3);
    }

    @Test
    @Requirement("CX-KEY-5")
    void aRotatedKeyIsFoundAtOnce() throws Exception {
        keys.select(KNOWN);
        served = new JWKSet(ExampleClient.key("sig-2", com.nimbusds.jose.jwk.KeyUse.SIGNATURE));

        assertThat(keys.select(UNKNOWN)).hasSize(1);
        assertThat(keys.select(KNOWN)).as("a key that was taken away").isEmpty();
    }

    @Test
    @Requirement("CX-KEY-5")
    void aServerThatIsDownIsLeftAloneForHalfAMinuteAndIsNoVerdict() {
        down = true;

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> keys.select(KNOWN)).isInstanceOf(UnreachableException.class);
        }

        assertThat(fetches).isOne();
    }

    @Test
    @Requirement("CX-KEY-5")
    void aFailedLookForAnUnknownKeyDoesNotHarmTheKnownOnes() throws Exception {
        keys.select(KNOWN);
        down = true;

        assertThatThrownBy(() -> keys.select(UNKNOWN)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> keys.select(UNKNOWN)).isInstanceOf(UnreachableException.class);

        assertThat(keys.select(KNOWN)).hasSize(1);
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    @Requirement("CX-KEY-5")
    void aKnownKeyDoesNotWaitForTheLookForAnother() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var slow = new PublishedKeys(
                () -> {
                    if (++fetches > 1) {
                        asked.countDown();
                        await(answer);
                    }
                    return served;
                },
                () -> now);
        slow.select(KNOWN);
        try (var other = Executors.newSingleThreadExecutor()) {
            var looking = other.submit(() -> slow.select(UNKNOWN));
            await(asked);

            assertThat(slow.select(KNOWN)).hasSize(1);

            answer.countDown();
            assertThat(looking.get()).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static JWKSelector kid(String kid) {
        return new JWKSelector(new JWKMatcher.Builder().keyID(kid).build());
    }
}

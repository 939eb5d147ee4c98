package io.consentry.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A source that is left alone shows in health, by its name. */
@QuarkusTest
class SourcesDownTest {

    @Inject
    Guards guards;

    @Inject
    SourcesDown down;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    @All
    List<Source> sources;

    @Inject
    SourceSettings settings;

    @Test
    @Requirement("CX-OP-5")
    void aSourceWhoseBreakerIsOpenIsTold() {
        Source ill = sources.getFirst();
        Guards.Guarded guarded = guards.of(ill);
        breakers.reset(Guards.breaker(ill.name())); // other tests' failures count in its window
        assertThat(down.now()).doesNotContainKey("source " + ill.name());

        for (int request = 0; request < settings.each().get(ill.name()).breakerWindow(); request++) {
            try {
                guarded.guard()
                        .call(
                                () -> {
                                    throw new IOException("down");
                                },
                                Void.class);
            } catch (Exception e) {
                assertThat(e).isInstanceOf(IOException.class);
            }
        }

        assertThat(down.now()).containsKey("source " + ill.name());
        breakers.reset(Guards.breaker(ill.name()));
        assertThat(down.now()).doesNotContainKey("source " + ill.name());
    }
}

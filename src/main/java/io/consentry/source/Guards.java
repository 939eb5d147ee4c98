package io.consentry.source;

import io.smallrye.faulttolerance.api.Guard;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;

/**
 * The breaker, the deadline and the bound on concurrency of each source, from its settings.
 *
 * <p>Built in code and not by annotations, since they differ by source, and there is one place that calls them. They
 * run on the calling virtual thread; the deadline interrupts it. There are no retries and no hedged requests: every
 * request shows up in the person's history at the source.
 */
@Singleton
final class Guards {

    private final SourceSettings settings;
    private final Map<String, Guarded> byName = new ConcurrentHashMap<>();

    Guards(SourceSettings settings) {
        this.settings = settings;
    }

    Guarded of(Source source) {
        return byName.computeIfAbsent(source.name(), this::build);
    }

    /** Those that were asked since the start. */
    Set<String> asked() {
        return Set.copyOf(byName.keySet());
    }

    /** What the breaker of a source is called. */
    static String breaker(String source) {
        return "source-" + source;
    }

    private Guarded build(String name) {
        SourceSettings.Each each = Objects.requireNonNull(settings.each().get(name), "every name has settings");
        Guard guard = Guard.create()
                .withDescription(breaker(name))
                .withCircuitBreaker()
                .name(breaker(name))
                .requestVolumeThreshold(each.breakerWindow())
                .failureRatio(each.breakerRatio())
                .delay(each.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .when(Guards::isIllness)
                .done()
                .withTimeout()
                .duration(each.deadline().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withBulkhead()
                .limit(each.concurrency())
                .done()
                .build();
        return new Guarded(guard, each.breakerDelay());
    }

    /** A crowd of our own making, or one request that was wrong, must not cut everybody off. */
    private static boolean isIllness(Throwable thrown) {
        return switch (thrown) {
            case SourceFailure failure -> failure.kind().isIllness();
            case BulkheadException crowded -> false;
            default -> true;
        };
    }

    /** A source's guard, and for how long its breaker stays open. */
    record Guarded(Guard guard, Duration breakerDelay) {}
}

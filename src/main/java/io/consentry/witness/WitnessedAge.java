package io.consentry.witness;

import io.consentry.health.Outage;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.LogNumber;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For how long entries have been published that too few witnesses have seen, and what follows: first the service is degraded, later it
 * grants and releases nothing. Told from memory. Where the policy asks for nobody it is always well.
 *
 * <p>A log is well at a moment when all that was published of it until then was witnessed; it stays well while it does not grow and
 * somebody looks. So it is missed as well when nobody looks any more.
 */
@ApplicationScoped
public class WitnessedAge implements Outage {

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final boolean isJudged;
    private final Duration warnAfter;
    private final Duration stopAfter;

    /** By log, as {@code System.nanoTime} has it. */
    private final Map<LogNumber, Long> wellAt = new ConcurrentHashMap<>();

    @Inject
    WitnessedAge(WitnessSettings settings, NamedWitnesses named, MeterRegistry meters) {
        this(named.policy().asksForWitnesses(), settings.witnessWarnAfter(), settings.witnessStopAfter());
        Gauge.builder("consentry.ledger.unwitnessed.age", this, age -> age.age().toMillis() / 1000.0)
                .description("For how long entries have been published that too few witnesses have seen")
                .baseUnit("seconds")
                .register(meters);
    }

    WitnessedAge(boolean isJudged, Duration warnAfter, Duration stopAfter) {
        this.isJudged = isJudged;
        this.warnAfter = warnAfter;
        this.stopAfter = stopAfter;
    }

    /** All that was published of a log until a moment was witnessed. */
    void wellAt(LogNumber log, long nanoTime) {
        wellAt.merge(log, nanoTime, (one, other) -> one - other > 0 ? one : other);
    }

    /** Of the log that has waited longest. */
    Duration age() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                isJudged
                        ? wellAt.values().stream()
                                .mapToLong(at -> now - at)
                                .max()
                                .orElse(0)
                        : 0);
    }

    /** Why nothing may be granted or released now; empty when it may. Takes no connection and waits for nothing. */
    public Optional<Fault> stop() {
        return age().compareTo(stopAfter) > 0
                ? Optional.of(Fault.of(
                                FaultCode.LEDGER_NOT_WITNESSED,
                                "Too few witnesses have seen the ledger lately. Nothing is granted or released until they have.")
                        .suggesting("Try again later. Withdrawals and refusals are taken meanwhile.")
                        .retryingAfter(RETRY))
                : Optional.empty();
    }

    @Override
    public Map<String, String> now() {
        Duration age = age();
        if (age.compareTo(warnAfter) <= 0) {
            return Map.of();
        }
        String since = "Too few witnesses have seen what was published in the last " + age.toSeconds() + " s";
        return Map.of(
                "ledger witnesses", since + (age.compareTo(stopAfter) > 0 ? ": nothing is granted or released." : "."));
    }
}

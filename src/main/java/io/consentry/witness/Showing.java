package io.consentry.witness;

import io.consentry.kernel.LogNumber;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Shows the newest checkpoint of each log to the witnesses, and keeps what comes of it. A crash anywhere loses cosignatures at most,
 * which the witnesses give again.
 */
final class Showing {

    private final ShownLogs logs;
    private final WitnessPolicy policy;
    private final CheckpointWitnesses witnesses;
    private final WitnessedAge age;
    private final InstantSource clock;

    Showing(
            ShownLogs logs,
            WitnessPolicy policy,
            CheckpointWitnesses witnesses,
            WitnessedAge age,
            InstantSource clock) {
        this.logs = logs;
        this.policy = policy;
        this.witnesses = witnesses;
        this.age = age;
        this.clock = clock;
    }

    /** At the start: what was published since the last witnessed checkpoint has waited since then, not since now. */
    void remember() {
        long now = System.nanoTime();
        for (LogNumber log : logs.numbers()) {
            Duration waited = isWitnessed(log)
                    ? Duration.ZERO
                    : lastSeen(log)
                            .map(time -> Duration.between(time, clock.instant()))
                            .filter(time -> !time.isNegative())
                            .orElse(Duration.ZERO);
            age.wellAt(log, now - waited.toNanos());
        }
    }

    private Optional<Instant> lastSeen(LogNumber log) {
        return logs.witnessed(log).flatMap(policy::seenAt);
    }

    /** Always the newest; those that were signed while witnesses were asked about the one before are passed over. */
    void show(LogNumber log) {
        long begun = System.nanoTime();
        if (isWitnessed(log)) {
            age.wellAt(log, begun);
            return;
        }
        SignedNote newest = logs.newest(log).orElseThrow();
        witnesses.witnessed(newest, logs.tree(log, parse(newest).size())).ifPresent(note -> {
            logs.keepWitnessed(log, note);
            age.wellAt(log, begun);
        });
    }

    /** By this node or another. A log of which nothing was published has nothing to be witnessed. */
    private boolean isWitnessed(LogNumber log) {
        return logs.newest(log)
                .map(Showing::parse)
                .map(newest -> logs.witnessed(log)
                        .filter(note -> policy.seenAt(note).isPresent())
                        .map(Showing::parse)
                        .filter(seen -> seen.origin().equals(newest.origin()) && seen.size() >= newest.size())
                        .isPresent())
                .orElse(true);
    }

    private static Checkpoint parse(SignedNote note) {
        return Checkpoint.parse(note.text());
    }
}

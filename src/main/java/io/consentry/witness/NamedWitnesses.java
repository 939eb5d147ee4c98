package io.consentry.witness;

import io.consentry.database.StartRefusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.ExecutorService;

/** The witnesses that the setting names. A policy that cannot be followed refuses the start. */
@Singleton
class NamedWitnesses {

    private final WitnessSettings settings;
    private final WitnessPolicy policy;
    private final CheckpointWitnesses witnesses;

    NamedWitnesses(WitnessSettings settings, @VirtualThreads ExecutorService threads, MeterRegistry meters) {
        this.settings = settings;
        this.policy = settings.witnesses().map(WitnessPolicy::read).orElse(WitnessPolicy.NONE);
        this.witnesses = new CheckpointWitnesses(policy, Witness.Patience.USUAL, threads, meters);
    }

    /** Before anybody's work begins. */
    void check(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        if (settings.witnessWarnAfter().compareTo(settings.witnessStopAfter()) > 0) {
            throw new StartRefusal("CONSENTRY_LEDGER_WITNESS_WARN_AFTER (" + settings.witnessWarnAfter()
                    + ") must not be longer than CONSENTRY_LEDGER_WITNESS_STOP_AFTER (" + settings.witnessStopAfter()
                    + ").");
        }
    }

    WitnessPolicy policy() {
        return policy;
    }

    CheckpointWitnesses witnesses() {
        return witnesses;
    }
}

package io.consentry.witness;

import io.consentry.kernel.LogNumber;
import io.consentry.kernel.Settings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Shows checkpoints to witnesses in the background, on a thread of its own, so that publishing never waits for them. */
@ApplicationScoped
class ShowingThread {

    private static final Logger LOG = Logger.getLogger(ShowingThread.class);
    private static final long PAUSE_MILLIS = 1000;

    private final NamedWitnesses named;
    private final ShownLogs logs;
    private final WitnessedAge age;
    private final InstantSource clock;
    private final Settings settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("witnesses").factory());
    private final Set<LogNumber> failing = new HashSet<>();

    ShowingThread(NamedWitnesses named, ShownLogs logs, WitnessedAge age, InstantSource clock, Settings settings) {
        this.named = named;
        this.logs = logs;
        this.age = age;
        this.clock = clock;
        this.settings = settings;
    }

    /** After everything that may refuse the start: one that fails must not end in the middle of this work. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent start) {
        WitnessPolicy policy = named.policy();
        if (settings.serves() && !policy.addresses().isEmpty()) {
            var showing = new Showing(logs, policy, named.witnesses(), age, clock);
            showing.remember();
            var unused = thread.scheduleWithFixedDelay(() -> run(showing), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        thread.shutdownNow();
    }

    private void run(Showing showing) {
        for (LogNumber log : logs.numbers()) {
            try {
                showing.show(log);
                failing.remove(log);
            } catch (RuntimeException e) {
                if (failing.add(log)) { // told once, not every second
                    LOG.warnf("Log %s could not be shown to witnesses, and will be again: %s", log, e.getMessage());
                }
            }
        }
    }
}

package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.kernel.Settings;
import io.consentry.ledger.LedgerOrder;
import io.consentry.tlog.InconsistentTreeException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Publishes every log, in the background, on every node, and holds the database against what was published all the time: one that
 * went back in time is not served.
 */
@ApplicationScoped
class PublishedLogs {

    private static final Logger LOG = Logger.getLogger(PublishedLogs.class);

    private final Publisher publisher;
    private final LedgerOrder order;
    private final LogTrust trust;
    private final PublicationLag lag;
    private final Settings settings;
    private final PublicationSettings publication;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("publisher").factory());
    /** Of each log, how many entries this node has seen published and signed. */
    private final Map<LogNumber, Long> upTo = new HashMap<>();

    private long verifiedAt;
    private boolean failing;

    PublishedLogs(
            Publisher publisher,
            LedgerOrder order,
            LogTrust trust,
            PublicationLag lag,
            Settings settings,
            PublicationSettings publication) {
        this.publisher = publisher;
        this.order = order;
        this.trust = trust;
        this.lag = lag;
        this.settings = settings;
        this.publication = publication;
    }

    /** After everything that may refuse the start: one that fails must not end in the middle of this work. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent start) {
        if (settings.serves()) {
            verifiedAt = System.nanoTime();
            long pause = publication.interval().toMillis();
            var unused = thread.scheduleWithFixedDelay(this::run, 0, pause, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
            LOG.warn("The publisher was stopped in the middle of its work; the next start does it again");
        }
    }

    private void run() {
        try {
            boolean isDue =
                    System.nanoTime() - verifiedAt > publication.verification().toNanos();
            lag.begins();
            boolean isMore = true;
            while (isMore) {
                isMore = false;
                for (LedgerOrder.Size log : order.sizes()) {
                    isMore |= publish(log, isDue);
                }
            }
            if (isDue) {
                verifiedAt = System.nanoTime();
            }
            lag.isUpToDate();
            failing = false;
        } catch (RuntimeException e) {
            // Whatever was done stays right; the rest is done after the pause.
            if (!failing) { // told once, or a line a second fills what may be a full disk
                LOG.warnf("Publishing failed and will be tried again: %s", e.getMessage());
            }
            failing = true;
        }
    }

    private boolean publish(LedgerOrder.Size log, boolean isDue) {
        if (!isDue && log.entries() == upTo.getOrDefault(log.number(), -1L)) {
            return false; // nothing is read of a log that rests
        }
        try {
            long published = publisher.publish(log);
            if (isDue) {
                publisher.verify(log);
            }
            trust.keep(log.number());
            upTo.put(log.number(), published);
            return published < log.entries();
        } catch (InconsistentTreeException e) {
            upTo.remove(log.number());
            trust.lose(log.number(), String.valueOf(e.getMessage()));
            return false;
        }
    }
}

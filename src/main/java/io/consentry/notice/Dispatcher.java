package io.consentry.notice;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.Settings;
import io.consentry.ledger.InStep;
import io.consentry.notice.Outbox.Claim;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Pushes what waits in the outbox, on every node: looks who has something waiting, several times a second, and serves each
 * of them apart from all others, so that one that is slow or dead holds up nobody else.
 */
@ApplicationScoped
class Dispatcher {

    /** How many events are pushed to one client at the same time, by one node; each of another grant. */
    static final int AT_ONCE = 16;

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final long PAUSE_MILLIS = 200;

    private final Receivers receivers;
    private final Arrivals arrivals;
    private final Outbox outbox;
    private final EventTokens tokens;
    private final PushClient pushes;
    private final MeterRegistry meters;
    private final InStep database;
    private final Settings settings;
    private final Set<ClientId> served = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notice-dispatcher").factory());
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("notice-push-", 0).factory());
    private boolean failing;
    private volatile boolean stopping;

    Dispatcher(
            Receivers receivers,
            Arrivals arrivals,
            Outbox outbox,
            EventTokens tokens,
            PushClient pushes,
            MeterRegistry meters,
            InStep database,
            Settings settings) {
        this.database = database;
        this.settings = settings;
        this.receivers = receivers;
        this.arrivals = arrivals;
        this.outbox = outbox;
        this.tokens = tokens;
        this.pushes = pushes;
        this.meters = meters;
    }

    /** After everything that may refuse the start: one that fails must not end in the middle of this work. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent start) {
        if (!settings.serves()) {
            return;
        }
        var unused = watch.scheduleWithFixedDelay(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        stopping = true;
        watch.shutdown();
        var unused = watch.awaitTermination(1, TimeUnit.SECONDS);
        workers.shutdown();
        if (!workers.awaitTermination(4, TimeUnit.SECONDS)) {
            LOG.warn("A push was cut off; another node, or the next start, repeats it");
        }
    }

    private void look() {
        if (!database.isInStep()) {
            return;
        }
        try {
            boolean more = true;
            while (more && !stopping) { // a mass order is taken over batch by batch, and nobody waits for its end
                more = arrivals.take() == Arrivals.BATCH;
                serveWaiting();
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) { // told once, or five lines a second fill what may be a full disk
                LOG.warnf("The outbox could not be read and will be tried again: %s", e.getMessage());
            }
            failing = true;
        }
    }

    private void serveWaiting() {
        for (ClientId client : receivers.waiting(List.copyOf(served))) {
            if (!stopping && served.add(client)) {
                var unused = workers.submit(() -> serve(client));
            }
        }
    }

    private void serve(ClientId client) {
        try {
            while (!stopping && database.isInStep() && round(client)) {
                // until nothing is left for now, or the receiver rests
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("Events of %s could not be pushed and will be tried again: %s", client, e.getMessage());
        } finally {
            served.remove(client);
        }
    }

    /** Claim, push, write down; whether it is worth another round. */
    private boolean round(ClientId client) throws InterruptedException {
        Optional<Receiver> registered = receivers.find(client);
        if (!(registered.orElse(null) instanceof Receiver.Push receiver)) {
            receivers.leaveAlone(client);
            return false;
        }
        List<Claim> claims = outbox.claim(client, receiver.isSuspect() ? 1 : AT_ONCE);
        if (claims.isEmpty()) {
            return false;
        }
        boolean answered = pushAll(receiver, claims);
        if (answered) {
            receivers.answered(receiver);
        } else {
            receivers.failed(receiver);
        }
        return answered;
    }

    private boolean pushAll(Receiver.Push receiver, List<Claim> claims) throws InterruptedException {
        var work = new ArrayList<Callable<PushResult>>();
        claims.forEach(claim -> work.add(() -> push(receiver, claim)));
        boolean answered = false;
        for (Future<PushResult> each : workers.invokeAll(work)) {
            try {
                answered |= each.get().isAnswer();
            } catch (ExecutionException e) {
                LOG.warnf(
                        "An event of %s could not be pushed and will be tried again: %s",
                        receiver.client(),
                        e.getCause() == null ? "unknown" : e.getCause().getMessage());
            }
        }
        return answered;
    }

    /** One that cannot be told, for example since its row was changed, waits longer each time and holds up no other. */
    private PushResult attempt(Receiver.Push receiver, Claim claim) {
        try {
            return tokens.of(claim.happened())
                    .map(token -> pushes.push(receiver, token))
                    .orElseGet(PushResult.Erased::new);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "Event %s of %s cannot be told and will be tried again: %s",
                    claim.happened().jti(), receiver.client(), e.getMessage());
            return new PushResult.Unanswered();
        }
    }

    private PushResult push(Receiver.Push receiver, Claim claim) {
        PushResult result = attempt(receiver, claim);
        outbox.settle(claim, result);
        meters.counter(
                        "consentry.notices.pushed",
                        "client_id",
                        receiver.client().value(),
                        "outcome",
                        result.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
                .increment();
        return result;
    }
}

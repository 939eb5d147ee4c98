package io.consentry.notice;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.OutsideTransaction;
import io.consentry.notice.Inbox.Taken;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Hands out events to a client that comes for them: take over what it says of earlier ones, then find, or wait for, new. */
@ApplicationScoped
class Fetching {

    private static final Logger LOG = Logger.getLogger(Fetching.class);
    private static final long PAUSE_MILLIS = 250;
    private static final long SHORT_PAUSE_MILLIS = 20;
    private static final int PATIENCE = 50;

    /** How many calls of one client a node keeps waiting; one more is answered at once. */
    private static final int WAITING_CALLS = 4;

    private final Receivers receivers;
    private final Arrivals arrivals;
    private final Inbox inbox;
    private final EventTokens tokens;
    private final NoticeSettings settings;
    private final Map<ClientId, Integer> waiting = new ConcurrentHashMap<>();

    Fetching(Receivers receivers, Arrivals arrivals, Inbox inbox, EventTokens tokens, NoticeSettings settings) {
        this.receivers = receivers;
        this.arrivals = arrivals;
        this.inbox = inbox;
        this.tokens = tokens;
        this.settings = settings;
    }

    PollAnswer poll(ClientId client, PollRequest request) throws InterruptedException {
        if (receivers.find(client).isEmpty()) {
            throw Fault.of(FaultCode.EVENTS_NOT_REGISTERED, "The client is told of nothing.")
                    .expecting("a client registered with events_delivery", null)
                    .raise();
        }
        int limit = request.limit();
        inbox.acknowledge(client, request.acknowledged());
        inbox.refuse(client, request.refused());
        takeOver();
        Taken taken = inbox.take(client, limit);
        boolean waits = taken.some().isEmpty() && limit > 0 && request.mayWait();
        return answer(client, waits ? await(client, limit) : taken);
    }

    /** What happened right before the call is handed out by it. Nobody queues for that with a connection in hand. */
    private void takeOver() throws InterruptedException {
        for (int tries = 0; tries < PATIENCE && arrivals.take() == Arrivals.BUSY; tries++) {
            Thread.sleep(SHORT_PAUSE_MILLIS);
        }
    }

    private Taken await(ClientId client, int limit) throws InterruptedException {
        OutsideTransaction.require("an event");
        boolean mayWait = waiting.merge(client, 1, Integer::sum) <= WAITING_CALLS;
        try {
            long deadline = System.nanoTime() + settings.longPoll().toNanos();
            while (mayWait && inbox.isEmpty(client) && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE_MILLIS); // every node that pushes takes over meanwhile
            }
            return inbox.take(client, limit);
        } finally {
            waiting.computeIfPresent(client, (id, calls) -> calls == 1 ? null : calls - 1);
        }
    }

    private PollAnswer answer(ClientId client, Taken taken) {
        var sets = new LinkedHashMap<String, String>();
        for (Notice.Happened happened : taken.some()) {
            try {
                tokens.of(happened)
                        .ifPresentOrElse(
                                token -> sets.put(happened.jti().toString(), token), () -> inbox.drop(happened));
            } catch (RuntimeException e) {
                // For example since its row was changed: it stays, and the others are told.
                LOG.errorf("Event %s of %s cannot be told: %s", happened.jti(), client, e.getMessage());
            }
        }
        return new PollAnswer(sets, taken.more());
    }
}

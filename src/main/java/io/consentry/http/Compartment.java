package io.consentry.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A part of the node's capacity: so many requests are at work in it at a time, twice as many may wait, and none for longer than a
 * bound. Whatever is beyond is refused at once. A bulkhead of the fault tolerance library bounds the first two and not the wait.
 */
final class Compartment {

    private static final int WAITING_FOR_EACH = 2;

    /** How long a request whose caller hung up is believed to be at work when nobody says that it is over. */
    private static final long FORGOTTEN_AFTER_MILLIS = 5_000;

    private final int most;
    private final long waitMillis;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private int atWork;

    Compartment(int most, Duration wait) {
        this.most = most;
        this.waitMillis = wait.toMillis();
    }

    /** A place for a request, which it does not have yet. Called on its event loop. */
    Ticket ticket(RoutingContext request) {
        return new Ticket(request);
    }

    private synchronized State arrive(Ticket ticket) {
        if (atWork < most) {
            atWork++;
            ticket.state = State.AT_WORK;
        } else if (waiting.size() < WAITING_FOR_EACH * most) {
            waiting.add(ticket);
            ticket.state = State.WAITING;
        }
        return ticket.state;
    }

    private synchronized boolean giveUpWaiting(Ticket ticket) {
        if (ticket.state != State.WAITING) {
            return false;
        }
        ticket.state = State.OVER;
        return waiting.remove(ticket);
    }

    /** Whoever waits longest takes the place that one leaves. */
    private synchronized @Nullable Ticket leave(Ticket ticket) {
        if (ticket.state != State.AT_WORK) {
            return null;
        }
        ticket.state = State.OVER;
        Ticket next = waiting.poll();
        if (next == null) {
            atWork--;
        } else {
            next.state = State.AT_WORK;
        }
        return next;
    }

    private enum State {
        WAITING,
        AT_WORK,
        OVER
    }

    /** One request's place. */
    final class Ticket {

        private final RoutingContext request;
        private final Vertx vertx;
        private final Context loop;
        private long timer;
        private volatile State state = State.OVER;
        private volatile boolean workIsOver;

        private Ticket(RoutingContext request) {
            this.request = request;
            this.vertx = request.vertx();
            this.loop = vertx.getOrCreateContext();
        }

        /** Lets the request go on, now or when there is room; or refuses it. */
        void enter() {
            switch (arrive(this)) {
                case AT_WORK -> request.next();
                case OVER -> request.fail(FaultMappers.OVERLOADED);
                case WAITING ->
                    timer = vertx.setTimer(waitMillis, late -> {
                        if (giveUpWaiting(this)) {
                            request.fail(FaultMappers.OVERLOADED);
                        }
                    });
            }
        }

        /** The request is answered; or its caller is gone, which does not end the work on it. */
        void callerIsDone(boolean answered) {
            if (giveUpWaiting(this)) {
                vertx.cancelTimer(timer);
            } else if (answered || workIsOver) {
                leaveRoom();
            } else if (state == State.AT_WORK) {
                vertx.setTimer(FORGOTTEN_AFTER_MILLIS, forgotten -> leaveRoom());
            }
        }

        /** Said on a worker: nothing more is done for the request than to send what there is. */
        void workIsDone() {
            workIsOver = true;
            if (request.response().closed()) {
                leaveRoom();
            }
        }

        private void leaveRoom() {
            Ticket next = leave(this);
            if (next != null) {
                next.loop.runOnContext(turn -> next.goOn());
            }
        }

        private void goOn() {
            vertx.cancelTimer(timer);
            if (request.response().closed()) {
                leaveRoom();
            } else {
                request.next();
            }
        }
    }
}

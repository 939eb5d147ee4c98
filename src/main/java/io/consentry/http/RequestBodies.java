package io.consentry.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the body of every request on the event loop, before a worker is taken for it: a sender who stops in the middle holds a
 * connection until the deadline, and no thread. What is larger than {@link #LARGEST}, whether it said so or not, is cut off with
 * 413 (RFC 9110 §15.5.14), what comes too slowly with 408 (§15.5.9). Resources find the body where the framework looks first.
 */
@ApplicationScoped
class RequestBodies {

    /** In bytes. The HTTP layer's own limit lies above it, since that one answers without a word. */
    static final int LARGEST = 64 * 1024;

    private static final int AFTER_WHAT_THE_HEADERS_TELL = 700;
    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** All bodies at a time take at most this part of the heap. */
    private static final int SHARE_OF_HEAP = 8;

    private final long deadlineMillis;
    private final long mostHeld = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    private final AtomicLong held = new AtomicLong();

    RequestBodies(HttpSettings settings) {
        this.deadlineMillis = settings.bodyDeadline().toMillis();
    }

    void register(@Observes Filters filters) {
        filters.register(this::read, AFTER_WHAT_THE_HEADERS_TELL);
    }

    private void read(RoutingContext context) {
        if (mayHaveBody(context.request())) {
            new Reading(context).begin();
        } else {
            context.next();
        }
    }

    /** RFC 9112 §6.3: of HTTP/1, the headers tell. */
    private static boolean mayHaveBody(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return !WITHOUT_BODY.contains(request.method());
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    /** Whether something of the request is still to come. */
    static boolean isUnderWay(HttpServerRequest request) {
        return mayHaveBody(request) && !request.isEnded();
    }

    /** One body on its way. All that happens to it happens on one event loop. */
    private final class Reading {

        private final RoutingContext context;
        private final Buffer body = Buffer.buffer();
        private long timer;
        private boolean over;

        Reading(RoutingContext context) {
            this.context = context;
        }

        void begin() {
            HttpServerRequest request = context.request();
            timer = context.vertx().setTimer(deadlineMillis, late -> refuse(FaultMappers.TOO_SLOW));
            context.addEndHandler(end -> {
                stop();
                held.addAndGet(-body.length());
            });
            request.handler(this::take);
            request.endHandler(end -> complete());
            request.exceptionHandler(gone -> stop()); // nobody is there to be answered
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                context.response().writeContinue();
            }
            request.resume();
        }

        private void take(Buffer some) {
            if (over) {
                return;
            }
            if (body.length() + some.length() > LARGEST) {
                refuse(FaultMappers.TOO_LARGE);
                return;
            }
            body.appendBuffer(some);
            if (held.addAndGet(some.length()) > mostHeld) {
                refuse(FaultMappers.OVERLOADED);
            }
        }

        private void complete() {
            if (stop()) {
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            }
        }

        private void refuse(int status) {
            if (stop()) {
                context.fail(status);
            }
        }

        private boolean stop() {
            boolean first = !over;
            over = true;
            context.vertx().cancelTimer(timer);
            return first;
        }
    }
}

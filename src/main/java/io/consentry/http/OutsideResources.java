package io.consentry.http;

import io.consentry.kernel.Fault;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * Answers what never reaches a resource, in the form of everything else: an address, headers or a body that are too large, and
 * whatever the HTTP layer itself gives up on.
 */
@ApplicationScoped
class OutsideResources {

    /** Limits of ours lie below those of the HTTP layer, which answers without a word. */
    private static final int LONGEST_ADDRESS = 8_000;

    private static final int LARGEST_HEADERS = 24 * 1024;
    private static final int AFTER_THE_HEADERS = 800;
    private static final int BEFORE_OTHER_HANDLERS = -10_000;

    private final Faults faults;
    private final SecurityHeaders headers;

    OutsideResources(Faults faults, SecurityHeaders headers) {
        this.faults = faults;
        this.headers = headers;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseTooLarge, AFTER_THE_HEADERS);
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_OTHER_HANDLERS).failureHandler(this::answerFailure);
    }

    private void refuseTooLarge(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.uri().length() > LONGEST_ADDRESS) {
            context.fail(FaultMappers.ADDRESS_TOO_LONG);
        } else if (size(request.headers()) > LARGEST_HEADERS) {
            context.fail(FaultMappers.HEADERS_TOO_LARGE);
        } else if (length != null && !isAllowed(length)) {
            context.fail(FaultMappers.TOO_LARGE);
        } else {
            context.next();
        }
    }

    private static int size(MultiMap headers) {
        int size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length();
        }
        return size;
    }

    private boolean isAllowed(String length) {
        try {
            return Long.parseLong(length) <= RequestBodies.LARGEST;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void answerFailure(RoutingContext context) {
        if (context.response().headWritten() || context.statusCode() < 400) {
            context.next();
            return;
        }
        Throwable failure = context.failure();
        if (context.statusCode() >= 500 && failure != null) {
            FaultMappers.log(failure, context);
        }
        send(FaultMappers.framework(context.statusCode()), context);
    }

    /** Answers a request that goes no further. */
    void send(Fault fault, RoutingContext context) {
        if (RequestBodies.isUnderWay(context.request()) && context.request().version() != HttpVersion.HTTP_2) {
            // What was not read would be taken for the next request; HTTP/2 has streams for that (RFC 9113 §8.2.2).
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Response answer = faults.answer(fault, context);
        HttpServerResponse response = context.response().setStatusCode(answer.getStatus());
        answer.getStringHeaders().forEach(response::putHeader);
        // The router gives up on some requests, such as one without a path, before any filter has seen them.
        response.putHeader(TraceIds.HEADER, TraceIds.of(context));
        headers.complete(response);
        response.end(faults.text(answer));
    }
}

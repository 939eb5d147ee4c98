package io.consentry.http;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Gives every request a trace id: that of its span when tracing is on, otherwise 16 random bytes. It goes into the answer's
 * {@code X-Trace-Id} and into every error, so that a caller can name the request that failed.
 */
@ApplicationScoped
class TraceIds {

    static final String HEADER = "X-Trace-Id";
    private static final String KEY = "consentry.trace-id";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BEFORE_EVERYTHING = 1000;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.response().putHeader(HEADER, of(context));
                    context.next();
                },
                BEFORE_EVERYTHING);
    }

    static String of(RoutingContext context) {
        String known = context.get(KEY);
        if (known != null) {
            return known;
        }
        SpanContext span = Span.current().getSpanContext();
        String fresh = span.isValid() ? span.getTraceId() : random();
        context.put(KEY, fresh);
        return fresh;
    }

    /** For a request that the router never saw. */
    static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

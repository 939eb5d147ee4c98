package io.consentry.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Keeps out of traces what callers write into addresses: a path or a query can hold a {@code request_uri}, a token that does
 * not belong there, or somebody's number. The route ({@code http.route}), which is ours, says enough. The address of the
 * person's own machine ({@code client.address}), which a proxy hands on, is nobody's business either.
 */
@ApplicationScoped
class TracedAddresses implements SpanProcessor {

    private static final List<AttributeKey<String>> WRITTEN_BY_CALLERS = List.of(
            AttributeKey.stringKey("url.path"),
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("client.address"));

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : WRITTEN_BY_CALLERS) {
            if (span.getAttribute(key) != null) {
                span.setAttribute(key, "redacted");
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}

package io.consentry.http;

import io.consentry.kernel.Settings;
import io.netty.handler.codec.DateFormatter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.BiConsumer;

/**
 * Puts the date and the strict headers on every answer, static files and errors included; a page may set its own policy first.
 * None of CORS is among them, here or anywhere, so that no other site reads an answer of the authorization endpoint
 * (FAPI 2.0 §5.2.3-3).
 */
@ApplicationScoped
class SecurityHeaders {

    private static final int BEFORE_ROUTES = 900;

    private final boolean strictTransport;
    private final InstantSource clock;

    SecurityHeaders(Settings settings, InstantSource clock) {
        URI base = URI.create(settings.baseUrl());
        // Not on localhost: browsers would then refuse plain HTTP to every other program of the developer, for a year.
        this.strictTransport = "https".equals(base.getScheme()) && !"localhost".equals(base.getHost());
        this.clock = clock;
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.addHeadersEndHandler(end -> complete(context.response()));
                    context.next();
                },
                BEFORE_ROUTES);
    }

    /** Adds what the answer does not have yet. */
    void complete(HttpServerResponse response) {
        each((name, value) -> {
            if (!response.headers().contains(name)) {
                response.putHeader(name, value);
            }
        });
    }

    /** Tells every header that an answer has unless it brings its own. */
    void each(BiConsumer<String, String> header) {
        // RFC 9110 §6.6.1; the server below us sends none.
        header.accept("Date", DateFormatter.format(Date.from(clock.instant())));
        header.accept("Content-Security-Policy", ContentPolicy.strict());
        header.accept("X-Content-Type-Options", "nosniff");
        // As the content policy has it, for browsers that do not know that: nobody frames a page (RFC 6749 §10.13).
        header.accept("X-Frame-Options", "DENY");
        // Not no-referrer: under that, browsers send "Origin: null" with our own forms.
        header.accept("Referrer-Policy", "same-origin");
        header.accept("Cross-Origin-Opener-Policy", "same-origin");
        header.accept("Cross-Origin-Resource-Policy", "same-origin");
        header.accept("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        header.accept("Cache-Control", "no-store");
        if (strictTransport) { // FAPI 2.0 §5.2.3-1: nobody strips the TLS off on the way
            header.accept("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }
}

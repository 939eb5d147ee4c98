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

/** Puts the date and the strict headers on every answer, static files and errors included; a page may set its own policy first. */
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

    private void complete(HttpServerResponse response) {
        // RFC 9110 §6.6.1; the server below us sends none.
        unlessSet(response, "Date", DateFormatter.format(Date.from(clock.instant())));
        unlessSet(response, "Content-Security-Policy", ContentPolicy.strict());
        unlessSet(response, "X-Content-Type-Options", "nosniff");
        unlessSet(response, "X-Frame-Options", "DENY");
        // Not no-referrer: under that, browsers send "Origin: null" with our own forms.
        unlessSet(response, "Referrer-Policy", "same-origin");
        unlessSet(response, "Cross-Origin-Opener-Policy", "same-origin");
        unlessSet(response, "Cross-Origin-Resource-Policy", "same-origin");
        unlessSet(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        unlessSet(response, "Cache-Control", "no-store");
        if (strictTransport) {
            unlessSet(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    private static void unlessSet(HttpServerResponse response, String name, String value) {
        if (!response.headers().contains(name)) {
            response.putHeader(name, value);
        }
    }
}

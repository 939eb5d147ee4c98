package io.consentry.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/** Sends a client's {@code x-fapi-interaction-id} back, so that it can match its log with ours; nothing but a UUID is. */
@ApplicationScoped
class InteractionIds {

    private static final String HEADER = "x-fapi-interaction-id";
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int BEFORE_ROUTES = 950;

    void register(@Observes Filters filters) {
        filters.register(InteractionIds::echo, BEFORE_ROUTES);
    }

    private static void echo(RoutingContext context) {
        String id = context.request().getHeader(HEADER);
        if (id != null && UUID.matcher(id).matches()) {
            context.response().putHeader(HEADER, id);
        }
        context.next();
    }
}

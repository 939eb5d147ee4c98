package io.consentry.http;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells a {@link Connection} which of its requests are open, on the service's listeners and on the management port. */
@ApplicationScoped
class RequestWatch {

    private static final int BEFORE_EVERYTHING = 1_100;

    void register(@Observes Filters filters) {
        filters.register(RequestWatch::begin, BEFORE_EVERYTHING);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(-BEFORE_EVERYTHING).handler(RequestWatch::begin);
    }

    private static void begin(RoutingContext context) {
        Connection.of(context.request().connection()).ifPresent(connection -> {
            connection.requestBegins();
            context.addEndHandler(end -> connection.requestEnds());
        });
        context.next();
    }
}

package io.consentry.http;

import io.consentry.http.Compartment.Ticket;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Lets in what can be served in time and refuses the rest at once, on the event loop: {@code overloaded}, 503 with {@code
 * Retry-After}. What waits for others (agencies, a client's key address) has compartments of its own, so that neither slow
 * agencies nor a flood of releases keep keys, discovery, pages and withdrawals from being served. Health has a port of its own,
 * and threads that nobody here can take.
 */
@ApplicationScoped
class Admission {

    private static final int AFTER_THE_BODY = 600;
    private static final String TICKET = "consentry.ticket";

    /** Threads for what comes by no request, or by the management port. */
    private static final int RESERVED_THREADS = 24;

    private final List<Part> parts;
    private final Compartment others;

    Admission(HttpSettings settings, @ConfigProperty(name = "quarkus.thread-pool.max-threads") int threads) {
        HttpSettings.Admission sizes = settings.admission();
        int wanted = sizes.releases() + sizes.tokens() + sizes.clients() + sizes.others() + sizes.sandbox();
        if (wanted + RESERVED_THREADS > threads) {
            throw new ConfigurationException("CONSENTRY_HTTP_ADMISSION_… let " + wanted
                    + " requests be at work at a time, which needs QUARKUS_THREAD_POOL_MAX_THREADS of "
                    + (wanted + RESERVED_THREADS) + ", and it is " + threads + ".");
        }
        var releases = new Compartment(sizes.releases(), sizes.longestWait());
        var sandbox = new Compartment(sizes.sandbox(), sizes.longestWait());
        this.others = new Compartment(sizes.others(), sizes.longestWait());
        this.parts = List.of(
                // Called by what has been let in, and on virtual threads.
                new Part("/sandbox/agencies/", Optional.empty()),
                new Part("/fapi/events/poll", Optional.of(new Compartment(sizes.polls(), sizes.longestWait()))),
                new Part("/fapi/userinfo", Optional.of(releases)),
                new Part("/consent/", Optional.of(releases)),
                new Part("/sandbox/decisions", Optional.of(releases)),
                new Part("/fapi/token", Optional.of(new Compartment(sizes.tokens(), sizes.longestWait()))),
                new Part("/fapi/.well-known/", Optional.of(others)),
                new Part("/fapi/auth", Optional.of(others)),
                new Part("/fapi/", Optional.of(new Compartment(sizes.clients(), sizes.longestWait()))),
                new Part("/bank", Optional.of(sandbox)),
                new Part("/sandbox/receiver/", Optional.of(sandbox)));
    }

    /** An address range and where it belongs. */
    private record Part(String path, Optional<Compartment> compartment) {}

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_THE_BODY);
    }

    private void admit(RoutingContext context) {
        String path = context.normalizedPath();
        Optional<Compartment> compartment = parts.stream()
                .filter(part -> path.startsWith(part.path()))
                .findFirst()
                .map(Part::compartment)
                .orElse(Optional.of(others));
        if (compartment.isEmpty()) {
            context.next();
            return;
        }
        Ticket ticket = compartment.get().ticket(context);
        context.put(TICKET, ticket);
        context.addEndHandler(end -> ticket.callerIsDone(end.succeeded()));
        ticket.enter();
    }

    /** Runs after every resource method, and also when its caller is gone. */
    @ServerResponseFilter
    public void workIsDone(RoutingContext context) {
        if (context.get(TICKET) instanceof Ticket ticket) {
            ticket.workIsDone();
        }
    }
}

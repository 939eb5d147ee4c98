package io.consentry.http;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How often somebody may call. An address is counted before anything else is done, and only here; clients and persons are counted
 * once they have proved who they are, and {@link LimitRounds} tells the other nodes in the background. No request waits for that,
 * and nobody who is unknown makes anything be written.
 *
 * <p>Answers say what is left ({@code RateLimit}, {@code RateLimit-Policy}: draft-ietf-httpapi-ratelimit-headers).
 */
@ApplicationScoped
public class Limits {

    private static final int AFTER_THE_STRICT_HEADERS = 880;

    /** The sandbox's own inside: its adapters call its agencies. */
    private static final String INSIDE = "/sandbox/agencies/";

    /** An endpoint is two steps of a path; what follows names a grant or an event. */
    private static final Pattern ENDPOINT = Pattern.compile("^(/[^/]*(?:/[^/]*)?).*");

    private final Limit ofAddress;
    private final Limit ofClient;
    private final Limit ofPerson;
    private final CallerAddresses addresses;
    private final OutsideResources outside;
    private final CurrentVertxRequest current;

    Limits(
            LimitSettings limits,
            Settings settings,
            CallerAddresses addresses,
            OutsideResources outside,
            CurrentVertxRequest current) {
        int factor = settings.isSandbox() ? limits.sandboxFactor() : 1;
        this.ofAddress = Limit.of(
                "address",
                factor * limits.address().perSecond(),
                factor * limits.address().burst());
        this.ofClient = Limit.of(
                "client",
                factor * limits.client().perSecond(),
                factor * limits.client().burst());
        this.ofPerson = Limit.of(
                "person",
                factor * limits.person().perSecond(),
                factor * limits.person().burst());
        this.addresses = addresses;
        this.outside = outside;
        this.current = current;
    }

    void register(@Observes Filters filters) {
        filters.register(this::countAddress, AFTER_THE_STRICT_HEADERS);
    }

    /** Counts the current request for a client that has proved who it is; throws {@code rate_limited} when that is too many. */
    public void count(ClientId client) {
        inRequest(request -> {
            String endpoint = ENDPOINT.matcher(request.normalizedPath()).replaceFirst("$1");
            count(ofClient, client.value() + " " + endpoint, request);
        });
    }

    /** Counts the current request for a person who is signed in; throws {@code rate_limited} when that is too many. */
    public void count(PersonId person) {
        inRequest(request -> count(ofPerson, person.value().toString(), request));
    }

    private void inRequest(Consumer<RoutingContext> counting) {
        RoutingContext request = current.getCurrent();
        if (request != null) { // or it is work of our own
            counting.accept(request);
        }
    }

    /** Those that all nodes count together. */
    List<Limit> shared() {
        return List.of(ofClient, ofPerson);
    }

    private void countAddress(RoutingContext request) {
        Optional<ConsumptionProbe> probe = request.normalizedPath().startsWith(INSIDE)
                ? Optional.empty()
                : addresses.of(request.request()).map(address -> ofAddress.spend(address.getHostAddress()));
        if (probe.isEmpty() || probe.get().isConsumed()) {
            request.next(); // without a word of what is left: several people may share the address
        } else {
            tell(ofAddress, probe.get(), request);
            outside.send(refused(ofAddress, probe.get()), request);
        }
    }

    private static void count(Limit limit, String subject, RoutingContext request) {
        ConsumptionProbe probe = limit.spend(subject);
        tell(limit, probe, request);
        if (!probe.isConsumed()) {
            throw refused(limit, probe).raise();
        }
    }

    private static void tell(Limit limit, ConsumptionProbe probe, RoutingContext request) {
        String name = '"' + limit.name() + '"';
        long reset = seconds(Duration.ofNanos(probe.getNanosToWaitForReset()));
        request.response()
                .putHeader("RateLimit-Policy", name + ";q=" + limit.burst() + ";w=" + seconds(limit.window()))
                .putHeader("RateLimit", name + ";r=" + probe.getRemainingTokens() + ";t=" + reset);
    }

    private static Fault refused(Limit limit, ConsumptionProbe probe) {
        return Fault.of(FaultCode.RATE_LIMITED, "There were too many requests of this " + limit.name() + ".")
                .retryingAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private static long seconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }
}

package io.consentry.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.consentry.database.RefusedWrites;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.FaultException;
import io.consentry.kernel.Settings;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.common.headers.MediaTypeHeaderDelegate;
import org.jboss.resteasy.reactive.common.util.URLUtils;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** From anything thrown to an answer. What is unexpected is logged by type and place; its message might quote a value. */
class FaultMappers {

    static final int TOO_LARGE = 413;
    private static final int NOT_ALLOWED = 405;
    static final int TOO_SLOW = 408;
    static final int ADDRESS_TOO_LONG = 414;
    static final int HEADERS_TOO_LARGE = 431;
    static final int OVERLOADED = 503;

    private static final Logger LOG = Logger.getLogger(FaultMappers.class);
    private static final int FRAMES = 12;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Set<String> PARSERS =
            Set.of(URLUtils.class.getName(), MediaTypeHeaderDelegate.class.getName());
    private static final Fault MALFORMED =
            Fault.of(FaultCode.MALFORMED_REQUEST, "Check parameters and body against the documentation.");

    private final Faults faults;
    private final AllowedMethods allowed;
    private final RefusedWrites refusedWrites;
    private final Settings settings;

    FaultMappers(Faults faults, AllowedMethods allowed, RefusedWrites refusedWrites, Settings settings) {
        this.faults = faults;
        this.allowed = allowed;
        this.refusedWrites = refusedWrites;
        this.settings = settings;
    }

    @ServerExceptionMapper
    public Response fault(FaultException thrown, RoutingContext context) {
        LOG.debugf("%s [%s]", thrown.fault().code().code(), TraceIds.of(context));
        return faults.answer(thrown.fault(), context);
    }

    @ServerExceptionMapper
    public Response refusedByTheFramework(WebApplicationException thrown, RoutingContext context) {
        int status = thrown.getResponse().getStatus();
        if (status < 400) {
            return thrown.getResponse();
        }
        Response answer = faults.answer(within(thrown).orElseGet(() -> framework(status)), context);
        return status == NOT_ALLOWED ? withAllow(answer, context) : answer;
    }

    /** RFC 9110 §15.5.6: a 405 names the methods that are there. */
    private Response withAllow(Response answer, RoutingContext context) {
        return allowed.at(context.normalizedPath())
                .map(methods -> Response.fromResponse(answer)
                        .header(HttpHeaders.ALLOW, methods)
                        .build())
                .orElse(answer);
    }

    /** A body that is no JSON, or not the JSON that was expected; what the parser says of it would name our classes. */
    @ServerExceptionMapper
    public Response unreadableJson(JacksonException thrown, RoutingContext context) {
        return faults.answer(within(thrown).orElse(MALFORMED), context);
    }

    @ServerExceptionMapper
    public Response unexpectedJson(MismatchedInputException thrown, RoutingContext context) {
        return faults.answer(within(thrown).orElse(MALFORMED), context);
    }

    /**
     * A form with a broken escape or a content type that is none, which the framework reports in no way of its own; anybody
     * else's is unexpected.
     */
    @ServerExceptionMapper
    public Response undecodable(IllegalArgumentException thrown, RoutingContext context) {
        StackTraceElement[] frames = thrown.getStackTrace();
        boolean byAParser = frames.length > 0 && PARSERS.contains(frames[0].getClassName());
        return byAParser ? faults.answer(MALFORMED, context) : unexpected(thrown, context);
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable thrown, RoutingContext context) {
        Optional<Fault> database =
                DatabaseFaults.of(thrown, hasAnEffect(context) ? Optional.of(whereToLook(context)) : Optional.empty());
        if (database.isPresent()) {
            refusedWrites.note(DatabaseFaults.states(thrown));
            logInALine(database.get(), context);
            return faults.answer(database.get(), context);
        }
        log(thrown, context);
        return faults.answer(
                Fault.of(FaultCode.INTERNAL_ERROR, "It may have been done before it failed. " + whereToLook(context)),
                context);
    }

    /** RFC 9110 §9.2.1: by a safe method nobody asks for anything to be done, but for a release, which is an act on record. */
    private static boolean hasAnEffect(RoutingContext context) {
        HttpMethod method = context.request().method();
        boolean safe = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return !safe || context.normalizedPath().equals("/fapi/userinfo");
    }

    /** The truth about a grant, for whoever asked: clients ask by its identifier, people have their pages. */
    private String whereToLook(RoutingContext context) {
        return context.normalizedPath().startsWith("/fapi/")
                ? "Ask " + settings.issuer() + "/grants/{grant_id} how the grant stands."
                : "Look at your consents: " + settings.baseUrl() + "/me";
    }

    /** What the database did needs no place in our code; what came of the request, its operators want to know. */
    private static void logInALine(Fault fault, RoutingContext context) {
        if (fault.code() == FaultCode.OUTCOME_IN_DOUBT) {
            LOG.errorf(
                    "In doubt [%s]: a COMMIT was sent and its answer lost; whether it was done, the ledger tells",
                    TraceIds.of(context));
        } else {
            LOG.warnf(
                    "The database failed a request [%s]: %s",
                    TraceIds.of(context), fault.code().code());
        }
    }

    /** A fault of ours that a parser met while it read the body, and wrapped. */
    private static Optional<Fault> within(Throwable thrown) {
        return Stream.iterate(thrown.getCause(), Objects::nonNull, Throwable::getCause)
                .filter(FaultException.class::isInstance)
                .map(cause -> ((FaultException) cause).fault())
                .findFirst();
    }

    static Fault framework(int status) {
        return switch (status) {
            case 404 -> Fault.of(FaultCode.NOT_FOUND, "Check the address.");
            case 405 -> Fault.of(FaultCode.METHOD_NOT_ALLOWED, "Use a method that this address documents.");
            case 406 -> // RFC 9110 §15.5.7: the resource cannot answer in any form that Accept names
                Fault.of(FaultCode.NOT_ACCEPTABLE, "Accept a content type that this address documents.");
            case TOO_SLOW -> Fault.of(FaultCode.REQUEST_TIMEOUT, "Send the whole body without a pause.");
            case 415 -> // RFC 9110 §15.5.16: a body of a type that the resource does not read
                Fault.of(FaultCode.UNSUPPORTED_CONTENT_TYPE, "Use a content type that this address documents.");
            case ADDRESS_TOO_LONG ->
                Fault.of(FaultCode.ADDRESS_TOO_LONG, "Send an address of at most 8000 characters.");
            case HEADERS_TOO_LARGE -> Fault.of(FaultCode.HEADERS_TOO_LARGE, "Send at most 24 KB of headers.");
            case TOO_LARGE -> Fault.of(FaultCode.BODY_TOO_LARGE, "Send at most 64 KB.");
            case OVERLOADED -> overloaded();
            default ->
                status < 500 ? MALFORMED : Fault.of(FaultCode.INTERNAL_ERROR, "The request failed. Please try again.");
        };
    }

    /** Nothing was begun, so that trying again is safe. */
    static Fault overloaded() {
        return Fault.of(FaultCode.OVERLOADED, "There is more to do than can be done in time. Please try again.")
                .retryingAfter(RETRY_AFTER);
    }

    static void log(Throwable thrown, RoutingContext context) {
        LOG.errorf("Unexpected [%s]: %s", TraceIds.of(context), describe(thrown));
    }

    private static String describe(Throwable thrown) {
        String frames = Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n    at ", "\n    at ", ""));
        String cause = thrown.getCause() == null ? "" : "\n  caused by " + describe(thrown.getCause());
        return thrown.getClass().getName() + frames + cause;
    }
}

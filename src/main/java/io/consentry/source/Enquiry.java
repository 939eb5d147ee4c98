package io.consentry.source;

import io.consentry.kernel.NationalId;
import io.consentry.source.SourceFailure.Kind;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * One guarded request to one source: asks, reads within limits, and turns whatever goes wrong into a {@link
 * SourceFailure}.
 */
@Singleton
final class Enquiry {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Guards guards;
    private final int maxAnswer;

    Enquiry(Guards guards, SourceSettings settings) {
        this.guards = guards;
        this.maxAnswer = Math.toIntExact(settings.maxAnswer().asLongValue());
    }

    /** The checked answer; the whole exchange, reading included, counts against the deadline and for the breaker. */
    Reply ask(Source source, NationalId person, Set<String> members) {
        Guards.Guarded guarded = guards.of(source);
        Optional<Duration> breakerDelay = Optional.of(guarded.breakerDelay());
        try {
            return guarded.guard().call(() -> exchange(source, person, members), Reply.class);
        } catch (CircuitBreakerOpenException e) {
            throw SourceFailure.of(Kind.BREAKER_OPEN).retryAfter(breakerDelay);
        } catch (BulkheadException e) {
            throw SourceFailure.of(Kind.CROWDED).retryAfter(Optional.of(Duration.ofSeconds(1)));
        } catch (org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException e) {
            throw SourceFailure.of(Kind.TIMED_OUT).retryAfter(breakerDelay);
        } catch (SourceFailure e) {
            throw e;
        } catch (Exception e) {
            throw SourceFailure.of(Kind.UNREACHABLE).retryAfter(breakerDelay);
        }
    }

    private Reply exchange(Source source, NationalId person, Set<String> members) {
        try {
            Reply reply = Reply.read(
                    NativeReader.read(source.ask(person, members), maxAnswer), source.layout(), person, members);
            source.personsNumber().ifPresent(path -> reply.requireNoOther(person, path));
            return reply;
        } catch (WebApplicationException e) {
            throw refused(e);
        } catch (ProcessingException | IOException e) {
            throw SourceFailure.of(isTimeout(e) ? Kind.TIMED_OUT : Kind.UNREACHABLE);
        }
    }

    private static SourceFailure refused(WebApplicationException e) {
        try (var response = e.getResponse()) {
            return SourceFailure.of(response.getStatus() >= 500 ? Kind.FAILED : Kind.REFUSED)
                    .retryAfter(retryAfter(response.getHeaderString("Retry-After")));
        }
    }

    /**
     * The delay form of RFC 9110 §10.2.3, at most an hour; the date form is not worth believing a foreign clock for.
     */
    private static Optional<Duration> retryAfter(@Nullable String header) {
        if (header == null || !header.matches("[0-9]{1,6}")) {
            return Optional.empty();
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(header));
        return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static boolean isTimeout(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}

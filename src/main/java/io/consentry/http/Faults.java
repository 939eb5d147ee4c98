package io.consentry.http;

import io.consentry.kernel.Fault;
import io.quarkus.arc.All;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;

/** The one place where a fault becomes an answer: in the form of its part of the address space, as a page, or as a problem. */
@ApplicationScoped
class Faults {

    private final List<ErrorForm> forms;
    private final ProblemDetails problems;
    private final ErrorPage page;

    Faults(@All List<ErrorForm> forms, ProblemDetails problems, ErrorPage page) {
        this.forms = forms;
        this.problems = problems;
        this.page = page;
    }

    Response answer(Fault fault, RoutingContext context) {
        String traceId = TraceIds.of(context);
        String path = context.normalizedPath();
        Response answer = forms.stream()
                .filter(form -> form.covers(path))
                .findFirst()
                .map(form -> form.answer(fault, path, traceId))
                .orElseGet(() -> wantsPage(context) ? page.of(fault, traceId) : problems.of(fault, traceId));
        fault.retryAfter()
                .ifPresent(wait -> answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, wholeSeconds(wait)));
        return answer;
    }

    /** RFC 9110 §10.2.3; rounded up, so that whoever waits for it does not come too early. */
    private static long wholeSeconds(Duration wait) {
        return wait.plusNanos(999_999_999).toSeconds();
    }

    private static boolean wantsPage(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }
}

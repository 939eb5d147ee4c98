package io.consentry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    private final ObjectMapper json;

    Faults(@All List<ErrorForm> forms, ProblemDetails problems, ErrorPage page, ObjectMapper json) {
        this.forms = forms;
        this.problems = problems;
        this.page = page;
        this.json = json;
    }

    Response answer(Fault fault, RoutingContext context) {
        return answer(fault, context.normalizedPath(), wantsPage(context), TraceIds.of(context));
    }

    /** For a request that the router never saw. */
    Response answer(Fault fault, String path, boolean wantsPage, String traceId) {
        Response answer = forms.stream()
                .filter(form -> form.covers(path))
                .findFirst()
                .map(form -> form.answer(fault, path, traceId))
                .orElseGet(() -> wantsPage ? page.of(fault, traceId) : problems.of(fault, traceId));
        fault.retryAfter()
                .ifPresent(wait -> answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, wholeSeconds(wait)));
        return answer;
    }

    /** The body of such an answer, for whoever has to write it without the framework. */
    String text(Response answer) {
        try {
            return answer.getEntity() instanceof String whole ? whole : json.writeValueAsString(answer.getEntity());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error of texts is always JSON", e);
        }
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

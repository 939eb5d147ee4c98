package io.consentry.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.kernel.Fault;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Problem details (RFC 9457), with our {@code code} and {@code trace_id}; in the sandbox also what was expected and what came. */
@ApplicationScoped
class ProblemDetails {

    private final Settings settings;

    ProblemDetails(Settings settings) {
        this.settings = settings;
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Problem(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @JsonProperty("trace_id") String traceId,
            Optional<String> expected,
            Optional<String> received,
            @JsonProperty("suggested_action") Optional<String> suggestedAction) {}

    Response of(Fault fault, String traceId) {
        boolean sandbox = settings.isSandbox();
        var problem = new Problem(
                settings.baseUrl() + "/docs/errors/" + fault.code().code(),
                fault.code().title(),
                fault.code().status(),
                fault.detail(),
                fault.code().code(),
                traceId,
                fault.expected().filter(text -> sandbox),
                fault.received().filter(text -> sandbox),
                fault.suggestedAction().filter(text -> sandbox));
        return Response.status(fault.code().status())
                .type("application/problem+json")
                .entity(problem)
                .build();
    }
}

package io.consentry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that a request carries once it is known whose it is. A resource that lets the framework read it has it judged
 * before anybody asks who sent it.
 */
@ApplicationScoped
public class JsonBody {

    private final ObjectMapper json;

    JsonBody(ObjectMapper json) {
        this.json = json;
    }

    /** What the body says; empty without one, or for {@code null}. Throws {@code malformed_request} when it is something else. */
    public <T> Optional<T> read(@Nullable String body, Class<T> type) {
        if (body == null || body.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(json.readValue(body, type));
        } catch (JsonProcessingException e) {
            throw Fault.of(FaultCode.MALFORMED_REQUEST, "Check parameters and body against the documentation.")
                    .raise(); // What the parser says of it would name our classes.
        }
    }
}

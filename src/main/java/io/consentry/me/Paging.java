package io.consentry.me;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Which part of a long list is asked for, from the query of its address. */
record Paging(OptionalLong before, int size) {

    private static final int USUAL = 50;
    private static final int LARGEST = 100;

    /** Parsed here, since JAX-RS would answer 404 to what is no number. */
    static Paging of(@Nullable String before, @Nullable String limit) {
        return new Paging(
                before == null ? OptionalLong.empty() : OptionalLong.of(number("before", before)),
                limit == null ? USUAL : Math.clamp(number("limit", limit), 1, LARGEST));
    }

    /** The page, with the address of the next one where there is one (RFC 8288). */
    Response answer(List<?> items, OptionalLong older, String path) {
        var response = Response.ok(items, MediaType.APPLICATION_JSON);
        if (older.isPresent()) {
            response.link(
                    UriBuilder.fromPath(path)
                            .queryParam("before", older.getAsLong())
                            .queryParam("limit", size)
                            .build(),
                    "next");
        }
        return response.build();
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "The parameter " + name + " is no number.")
                    .expecting("a whole number", text)
                    .raise();
        }
    }
}

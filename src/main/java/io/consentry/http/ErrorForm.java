package io.consentry.http;

import io.consentry.kernel.Fault;
import jakarta.ws.rs.core.Response;

/** How errors are sent under some part of the address space. Where no form covers a path, problem details are sent. */
public interface ErrorForm {

    /** Whether errors at this path, for example {@code /fapi/par}, are sent in this form. */
    boolean covers(String path);

    /** The answer for a fault at a path that this form covers. */
    Response answer(Fault fault, String path, String traceId);
}

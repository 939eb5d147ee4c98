package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Assessments and property tax. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "iras")
interface IrasApi {

    @POST
    @Path("/api/tax-file")
    InputStream taxFile(Request request);

    /** Whom and what is asked. */
    record Request(String taxRefNo, Set<String> extracts) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

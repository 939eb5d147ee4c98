package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The register of marriages. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "msf")
interface MsfApi {

    @POST
    @Path("/marriage-register/lookup")
    InputStream lookUp(Request request);

    /** Whom and what is asked. */
    record Request(String personId, Set<String> particulars) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Accounts and contributions of members. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "cpfb")
interface CpfbApi {

    @POST
    @Path("/member-statement")
    InputStream statement(Request request);

    /** Whom and what is asked. */
    record Request(String memberAccountNo, Set<String> statements) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

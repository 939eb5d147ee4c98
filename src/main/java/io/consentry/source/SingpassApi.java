package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * Contact details that a person verified with Singpass. The body comes back unread, so that its size can be limited.
 */
@RegisterRestClient(configKey = "singpass")
interface SingpassApi {

    @POST
    @Path("/contact-details")
    InputStream contactDetails(Request request);

    /** Whom and what is asked. */
    record Request(String uin, Set<String> fields) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

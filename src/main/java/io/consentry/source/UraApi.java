package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Private dwellings. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "ura")
interface UraApi {

    @POST
    @Path("/dwellings/by-occupier")
    InputStream byOccupier(Request request);

    /** Whom and what is asked. */
    record Request(String occupierId, Set<String> attributes) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

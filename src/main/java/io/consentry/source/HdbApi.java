package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Flats and those who own or live in them. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "hdb")
interface HdbApi {

    @POST
    @Path("/flats/search")
    InputStream search(Request request);

    /** Whom and what is asked. */
    record Request(String ownerNric, Set<String> details) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

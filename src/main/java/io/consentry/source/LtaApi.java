package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Vehicles and vocational licences. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "lta")
interface LtaApi {

    @POST
    @Path("/onemotoring/ownership")
    InputStream ownership(Request request);

    /** Whom and what is asked. */
    record Request(String ownerId, Set<String> particulars) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

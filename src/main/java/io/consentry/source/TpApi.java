package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Driving licences. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "tp")
interface TpApi {

    @POST
    @Path("/driving-licence/status")
    InputStream status(Request request);

    /** Whom and what is asked. */
    record Request(String idNumber, Set<String> query) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

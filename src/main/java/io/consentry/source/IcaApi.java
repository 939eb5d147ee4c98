package io.consentry.source;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The register of persons and passes. The body comes back unread, so that its size can be limited. */
@RegisterRestClient(configKey = "ica")
interface IcaApi {

    @POST
    @Path("/v2/person-enquiry")
    InputStream enquire(Request request);

    /** Whom and what is asked. */
    record Request(String idNo, Set<String> dataItems) {

        @Override
        public String toString() {
            return "Request[redacted]";
        }
    }
}

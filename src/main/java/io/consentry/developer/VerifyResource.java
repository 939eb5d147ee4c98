package io.consentry.developer;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page that checks a receipt in the browser. Nothing is checked here, and nothing of a receipt comes here. */
@Path("/ledger/verify")
public class VerifyResource {

    @CheckedTemplate(basePath = "developer")
    static class Templates {

        private Templates() {}

        static native TemplateInstance verify();
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public String verify() {
        return Templates.verify().render();
    }
}

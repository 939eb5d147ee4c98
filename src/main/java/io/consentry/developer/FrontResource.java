package io.consentry.developer;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The first page: what this is, and one click to something for whoever comes. */
@Path("/")
public class FrontResource {

    private final Instance<Showcase> showcase;

    FrontResource(Instance<Showcase> showcase) {
        this.showcase = showcase;
    }

    @CheckedTemplate(basePath = "developer")
    static class Templates {

        private Templates() {}

        static native TemplateInstance front(@Nullable Showcase showcase);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public String front() {
        return Templates.front(showcase.isResolvable() ? showcase.get() : null).render();
    }
}

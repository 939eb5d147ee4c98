package io.consentry.http;

import io.consentry.kernel.Fault;
import io.consentry.kernel.Settings;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error as a page, for whoever came with a browser. */
@ApplicationScoped
class ErrorPage {

    private final Settings settings;

    ErrorPage(Settings settings) {
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "http")
    static class Templates {

        private Templates() {}

        static native TemplateInstance error(Fault fault, String traceId, boolean sandbox);
    }

    Response of(Fault fault, String traceId) {
        String page = Templates.error(fault, traceId, settings.isSandbox()).render();
        return Response.status(fault.code().status())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(page)
                .build();
    }
}

package io.consentry.developer;

import io.consentry.client.Leniency;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.consentry.wording.Language;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The API reference, the leniencies, and a page for each error code: the address that problem details name as their type. */
@Path("/docs")
@Produces(MediaType.TEXT_HTML)
public class DocsResource {

    private final ApiDocument document;
    private final Settings settings;
    private final Language language;

    DocsResource(ApiDocument document, Settings settings, Language language) {
        this.document = document;
        this.settings = settings;
        this.language = language;
    }

    @CheckedTemplate(basePath = "developer")
    static class Templates {

        private Templates() {}

        static native TemplateInstance api(ApiReference api);

        static native TemplateInstance events(String base, String issuer);

        static native TemplateInstance errors(List<ErrorText> errors);

        static native TemplateInstance error(ErrorText error);

        static native TemplateInstance leniencies(List<LeniencyTexts> leniencies);
    }

    /** An error code with its texts. */
    record ErrorText(FaultCode code, String means, String remedy) {

        static ErrorText of(FaultCode code, Locale locale) {
            return new ErrorText(code, ErrorTexts.means(code, locale), ErrorTexts.remedy(code, locale));
        }
    }

    @GET
    @Operation(hidden = true)
    public String api() {
        return Templates.api(document.reference()).render();
    }

    @GET
    @Path("/openapi.yaml")
    @Produces("application/yaml")
    @Operation(hidden = true)
    public String openApi() {
        return document.yaml();
    }

    @GET
    @Path("/events")
    @Operation(hidden = true)
    public String events() {
        return Templates.events(settings.baseUrl(), settings.issuer()).render();
    }

    @GET
    @Path("/leniencies")
    @Operation(hidden = true)
    public String leniencies() {
        return Templates.leniencies(Stream.of(Leniency.values())
                        .map(leniency -> LeniencyTexts.of(leniency, language.locale()))
                        .toList())
                .render();
    }

    @GET
    @Path("/errors")
    @Operation(hidden = true)
    public String errors() {
        return Templates.errors(Stream.of(FaultCode.values())
                        .map(code -> ErrorText.of(code, language.locale()))
                        .toList())
                .render();
    }

    @GET
    @Path("/errors/{code}")
    @Operation(hidden = true)
    public String error(@PathParam("code") String code) {
        return Stream.of(FaultCode.values())
                .filter(each -> each.code().equals(code))
                .findFirst()
                .map(found ->
                        Templates.error(ErrorText.of(found, language.locale())).render())
                .orElseThrow(() -> Fault.of(FaultCode.NOT_FOUND, "There is no such error code. /docs/errors lists all.")
                        .raise());
    }
}

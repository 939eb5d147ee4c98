package io.consentry.http;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The operator's part of the look, beside the assets that come with the program. */
@Path("/assets")
public class ThemeResource {

    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";
    private static final String FOR_A_DAY = "public, max-age=86400";

    private final Look look;
    private final ThemeSettings theme;

    ThemeResource(Look look, ThemeSettings theme) {
        this.look = look;
        this.theme = theme;
    }

    @GET
    @Path("/theme.css")
    @Operation(hidden = true)
    public Response css() {
        return Response.ok(look.themeCss(), "text/css;charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, FOR_A_YEAR)
                .build();
    }

    @GET
    @Path("/logo")
    @Operation(hidden = true)
    public Response logo() {
        java.nio.file.Path file = theme.logo()
                .orElseThrow(() -> Fault.of(FaultCode.NOT_FOUND, "The operator brought no logo.")
                        .raise());
        boolean svg = file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
        return Response.ok(file.toFile(), svg ? "image/svg+xml" : "image/png")
                .header(HttpHeaders.CACHE_CONTROL, FOR_A_DAY)
                .build();
    }
}

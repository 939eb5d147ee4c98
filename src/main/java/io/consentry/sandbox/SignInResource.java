package io.consentry.sandbox;

import io.consentry.http.ReturnTo;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.consentry.person.Assurance;
import io.consentry.person.SessionCookie;
import io.consentry.person.Sessions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in as one of the invented people: from a page, or without a browser. */
@Path("/sandbox/sign-in")
@Tag(name = "Sandbox")
public class SignInResource {

    private final ChooseAPerson method;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SameOrigin sameOrigin;
    private final SignInPage page;
    private final String baseUrl;

    SignInResource(
            ChooseAPerson method,
            Sessions sessions,
            SessionCookie cookie,
            SameOrigin sameOrigin,
            SignInPage page,
            Settings settings) {
        this.method = method;
        this.sessions = sessions;
        this.cookie = cookie;
        this.sameOrigin = sameOrigin;
        this.page = page;
        this.baseUrl = settings.baseUrl();
    }

    /** Whom to sign in, and whether with their face as well. Does not print. */
    public record SignIn(@Nullable String uinfin, @Nullable Boolean face) {

        @Override
        public String toString() {
            return "SignIn[redacted]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Sign in as an invented person; sets the session cookie")
    public Response signIn(@Nullable SignIn request, HttpHeaders headers) {
        sameOrigin.check(headers);
        if (request == null || request.uinfin() == null) {
            throw Fault.of(FaultCode.MISSING_PARAMETER, "The body needs a uinfin.")
                    .expecting("{\"uinfin\": \"…\"}", null)
                    .raise();
        }
        boolean face = Boolean.TRUE.equals(request.face());
        return signIn(request.uinfin(), face, Response.noContent(), headers);
    }

    /** The people to choose from; {@code find} narrows them to those with all its words. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response choose(
            @QueryParam("return_to") @Nullable String returnTo, @QueryParam("find") @Nullable String find) {
        ReturnTo then = ReturnTo.of(returnTo);
        return Response.ok(page.of(then, find == null ? "" : find.strip()).render())
                .header("Content-Security-Policy", page.policy(then))
                .build();
    }

    /** A card of the page was chosen: signs in under a new session, and goes on. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response chosen(
            @FormParam("uinfin") @Nullable String uinfin,
            @FormParam("return_to") @Nullable String returnTo,
            @FormParam("face") @Nullable String face,
            HttpHeaders headers) {
        sameOrigin.check(headers);
        return signIn(
                uinfin == null ? "" : uinfin,
                face != null,
                Response.seeOther(ReturnTo.of(returnTo).in(baseUrl)),
                headers);
    }

    private Response signIn(String uinfin, boolean face, Response.ResponseBuilder answer, HttpHeaders headers) {
        var handle = method.signIn(uinfin, face ? Assurance.FACE : Assurance.TWO_FACTORS);
        cookie.read(headers).ifPresent(sessions::end);
        return answer.cookie(cookie.set(handle)).build();
    }
}

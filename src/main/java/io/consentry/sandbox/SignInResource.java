package io.consentry.sandbox;

import io.consentry.http.SameOrigin;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.person.SessionCookie;
import io.consentry.person.Sessions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in without a browser. */
@Path("/sandbox/sign-in")
@Tag(name = "Sandbox")
public class SignInResource {

    private final ChooseAPerson method;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SameOrigin sameOrigin;

    SignInResource(ChooseAPerson method, Sessions sessions, SessionCookie cookie, SameOrigin sameOrigin) {
        this.method = method;
        this.sessions = sessions;
        this.cookie = cookie;
        this.sameOrigin = sameOrigin;
    }

    /** Whom to sign in. Does not print. */
    public record SignIn(@Nullable String uinfin) {

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
        var handle = method.signIn(request.uinfin());
        cookie.read(headers).ifPresent(sessions::end);
        return Response.noContent().cookie(cookie.set(handle)).build();
    }
}

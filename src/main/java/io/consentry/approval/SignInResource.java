package io.consentry.approval;

import io.consentry.authorization.Interaction;
import io.consentry.authorization.Interactions;
import io.consentry.client.Clients;
import io.consentry.http.ReturnTo;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.consentry.person.CurrentPerson;
import io.consentry.person.SessionCookie;
import io.consentry.person.Sessions;
import io.consentry.person.SignInMethod;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.inject.Instance;
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
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where pages send whoever is not signed in, and where a session ends. */
@Path("/")
public class SignInResource {

    private final CurrentPerson resident;
    private final Instance<SignInMethod> methods;
    private final Interactions interactions;
    private final Clients clients;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SameOrigin sameOrigin;
    private final Settings settings;

    SignInResource(
            CurrentPerson resident,
            Instance<SignInMethod> methods,
            Interactions interactions,
            Clients clients,
            Sessions sessions,
            SessionCookie cookie,
            SameOrigin sameOrigin,
            Settings settings) {
        this.resident = resident;
        this.methods = methods;
        this.interactions = interactions;
        this.clients = clients;
        this.sessions = sessions;
        this.cookie = cookie;
        this.sameOrigin = sameOrigin;
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "approval")
    static class Templates {

        private Templates() {}

        static native TemplateInstance signIn(List<Choice> choices, @Nullable Saying says);
    }

    /** What a client says to whoever signs in for it. Does not print. */
    record Saying(String client, String message) {

        @Override
        public String toString() {
            return "Saying[redacted]";
        }
    }

    private @Nullable Saying says(Optional<Interaction> request) {
        return request.flatMap(asked -> asked.message()
                        .flatMap(message ->
                                clients.find(asked.clientId()).map(client -> new Saying(client.name(), message))))
                .orElse(null);
    }

    /** One way in. */
    public record Choice(String method, URI address) {}

    /** Shows the ways in; goes straight to the only one. */
    @GET
    @Path("/sign-in")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response signIn(@QueryParam("return_to") @Nullable String returnTo) {
        ReturnTo then = ReturnTo.of(returnTo);
        Optional<Interaction> request = interactions.behind(then);
        List<Choice> choices = methods.stream()
                .filter(method -> request.flatMap(Interaction::least)
                        .map(method.reaches()::reaches)
                        .orElse(true))
                .map(method -> new Choice(method.method(), address(method, then)))
                .toList();
        return switch (choices.size()) {
            case 0 ->
                throw Fault.of(FaultCode.TEMPORARILY_UNAVAILABLE, "No way to sign in is set up here.")
                        .raise();
            case 1 -> Response.seeOther(choices.getFirst().address()).build();
            default -> Response.ok(Templates.signIn(choices, says(request))).build();
        };
    }

    /**
     * Ends the session; a page that comes back out of the browser's memory then finds nobody signed in.
     *
     * <p>A form of another site comes without the cookie ({@code SameSite=Lax}), so that an answer which took it away would sign
     * out whoever that site likes: what comes from elsewhere is refused, and what carries no cookie loses none.
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("/sign-out")
    @Operation(hidden = true)
    public Response signOut(@FormParam("csrf") @Nullable String csrf, HttpHeaders headers) {
        sameOrigin.check(headers);
        resident.find(headers).ifPresent(who -> {
            sameOrigin.checkForm(headers, who.handle().value(), csrf);
            sessions.end(who.handle());
        });
        Response.ResponseBuilder answer = Response.seeOther(URI.create(settings.baseUrl() + "/"));
        return cookie.read(headers).isEmpty()
                ? answer.build()
                : answer.cookie(cookie.clear()).build();
    }

    private URI address(SignInMethod method, ReturnTo then) {
        return UriBuilder.fromUri(settings.baseUrl())
                .path(method.path())
                .queryParam("return_to", "{then}")
                .build(then.path());
    }
}

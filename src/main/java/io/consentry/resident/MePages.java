package io.consentry.resident;

import io.consentry.consent.Change;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Settings;
import io.consentry.resident.Resident.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A resident's own pages: what they allowed, what became of it, and how to take it back. */
@Path("/me")
@Produces(MediaType.TEXT_HTML)
public class MePages {

    private final Resident resident;
    private final Holdings holdings;
    private final Happenings happenings;
    private final Consents consents;
    private final SameOrigin sameOrigin;
    private final Settings settings;

    MePages(
            Resident resident,
            Holdings holdings,
            Happenings happenings,
            Consents consents,
            SameOrigin sameOrigin,
            Settings settings) {
        this.resident = resident;
        this.holdings = holdings;
        this.happenings = happenings;
        this.consents = consents;
        this.sameOrigin = sameOrigin;
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "resident")
    static class Templates {

        private Templates() {}

        static native TemplateInstance me(List<Holding> active, List<Holding> past, String csrf);

        static native TemplateInstance grant(
                Holding holding, List<Happening> happenings, boolean justWithdrawn, String csrf);

        static native TemplateInstance withdraw(Holding holding, String csrf);

        static native TemplateInstance activity(
                Happenings.Page page,
                List<String> kinds,
                String kind,
                Map<String, String> clients,
                String client,
                String csrf);
    }

    @GET
    @Operation(hidden = true)
    public Response me(HttpHeaders headers) {
        return page(headers, "/me", who -> {
            List<Holding> all = holdings.of(who.session().person());
            return Templates.me(
                    all.stream().filter(Holding::inForce).toList(),
                    all.stream().filter(holding -> !holding.inForce()).toList(),
                    csrf(who));
        });
    }

    @GET
    @Path("/consents/{grant}")
    @Operation(hidden = true)
    public Response grant(
            @PathParam("grant") String text, @QueryParam("withdrawn") @Nullable String withdrawn, HttpHeaders headers) {
        GrantId grant = parse(text);
        return page(headers, "/me/consents/" + grant, who -> {
            Holding holding = find(who, grant);
            return Templates.grant(
                    holding,
                    happenings.of(who.session().person(), grant),
                    withdrawn != null && holding.status().equals("withdrawn"),
                    csrf(who));
        });
    }

    /** The first of two clicks: what withdrawing means. */
    @GET
    @Path("/consents/{grant}/withdraw")
    @Operation(hidden = true)
    public Response askWithdrawal(@PathParam("grant") String text, HttpHeaders headers) {
        GrantId grant = parse(text);
        return page(
                headers, "/me/consents/" + grant + "/withdraw", who -> Templates.withdraw(find(who, grant), csrf(who)));
    }

    /** The second. Repeating it changes nothing, and shows how things stand. */
    @POST
    @Path("/consents/{grant}/withdraw")
    @Operation(hidden = true)
    public Response withdraw(
            @PathParam("grant") String text, @FormParam("csrf") @Nullable String csrf, HttpHeaders headers) {
        GrantId grant = parse(text);
        Optional<SignedIn> who = resident.find(headers);
        if (who.isEmpty()) {
            sameOrigin.check(headers);
            return signInFirst("/me/consents/" + grant + "/withdraw");
        }
        sameOrigin.checkForm(headers, who.get().handle().value(), csrf);
        return switch (consents.withdraw(grant, who.get().session().person())) {
            case Change.Made<Consent.Ended> made -> goTo("/me/consents/" + grant + "?withdrawn=yes");
            case Change.NotPossible<Consent.Ended> ended -> goTo("/me/consents/" + grant);
            case Change.NotFound<Consent.Ended> nothing -> throw notFound();
        };
    }

    @GET
    @Path("/activity")
    @Operation(hidden = true)
    public Response activity(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("client") @Nullable String client,
            @QueryParam("before") @Nullable Long before,
            HttpHeaders headers) {
        return page(headers, "/me/activity", who -> {
            ActivityFilter filter = ActivityFilter.of(kind, client);
            Map<String, String> clients = new LinkedHashMap<>();
            holdings.of(who.session().person())
                    .forEach(holding ->
                            clients.put(holding.who().clientId(), holding.who().name()));
            return Templates.activity(
                    happenings.of(
                            who.session().person(),
                            filter,
                            before == null ? OptionalLong.empty() : OptionalLong.of(before)),
                    ActivityFilter.kinds(),
                    filter.kind().wire(),
                    clients,
                    filter.client().map(id -> id.value()).orElse(""),
                    csrf(who));
        });
    }

    private Response page(HttpHeaders headers, String path, Function<SignedIn, TemplateInstance> page) {
        return resident.find(headers)
                .map(who -> Response.ok(page.apply(who).render()).build())
                .orElseGet(() -> signInFirst(path));
    }

    private Holding find(SignedIn who, GrantId grant) {
        return holdings.of(who.session().person(), grant).orElseThrow(MePages::notFound);
    }

    private String csrf(SignedIn who) {
        return sameOrigin.token(who.handle().value());
    }

    private Response signInFirst(String path) {
        return goTo("/sign-in?return_to=" + path);
    }

    private Response goTo(String path) {
        return Response.seeOther(URI.create(settings.baseUrl() + path)).build();
    }

    private static GrantId parse(String text) {
        try {
            return GrantId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Fault.of(FaultCode.GRANT_NOT_FOUND, "It may be another person's.")
                .raise();
    }
}

package io.consentry.resident;

import io.consentry.consent.OwnConsents;
import io.consentry.consent.OwnConsents.Own;
import io.consentry.consent.Status;
import io.consentry.person.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A resident's own pages: what they allowed, and what became of it. */
@Path("/me")
@Produces(MediaType.TEXT_HTML)
public class ResidentPagesResource {

    private final ResidentSignIn doorway;
    private final OwnConsents own;
    private final ConsentCards holdings;
    private final ConsentHistories dossiers;
    private final EventLines happenings;

    ResidentPagesResource(
            ResidentSignIn doorway,
            OwnConsents own,
            ConsentCards holdings,
            ConsentHistories dossiers,
            EventLines happenings) {
        this.doorway = doorway;
        this.own = own;
        this.holdings = holdings;
        this.dossiers = dossiers;
        this.happenings = happenings;
    }

    @CheckedTemplate(basePath = "resident")
    static class Templates {

        private Templates() {}

        static native TemplateInstance me(
                List<ConsentCard> due,
                List<ConsentCard> open,
                List<ConsentCard> active,
                List<ConsentCard> past,
                String csrf);

        static native TemplateInstance grant(ConsentCard holding, ConsentHistory dossier, String done, String csrf);

        static native TemplateInstance activity(
                EventLines.Page page,
                List<String> kinds,
                String kind,
                Map<String, String> clients,
                String client,
                String grant,
                String csrf);
    }

    @GET
    @Operation(hidden = true)
    public Response me(HttpHeaders headers) {
        return doorway.page(headers, "/me", who -> {
            List<ConsentCard> all = holdings.of(who.session().person());
            return Templates.me(
                    all.stream()
                            .filter(holding ->
                                    holding.inForce() && holding.use().due())
                            .toList(),
                    all.stream().filter(ConsentCard::isOpen).toList(),
                    all.stream().filter(ConsentCard::inForce).toList(),
                    all.stream()
                            .filter(holding -> !holding.inForce() && !holding.isOpen())
                            .toList(),
                    doorway.csrf(who));
        });
    }

    @GET
    @Path("/consents/{grant}")
    @Operation(hidden = true)
    public Response grant(
            @PathParam("grant") String grant, @QueryParam("done") @Nullable String done, HttpHeaders headers) {
        return doorway.page(headers, ConsentFormsResource.address(grant, ""), who -> {
            Own found = own.require(who.session().person(), grant);
            ConsentCard holding = holdings.of(found);
            return Templates.grant(holding, dossiers.of(found), done(done, holding), doorway.csrf(who));
        });
    }

    @GET
    @Path("/activity")
    @Operation(hidden = true)
    public Response activity(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("client") @Nullable String client,
            @QueryParam("grant") @Nullable String grant,
            @QueryParam("before") @Nullable Long before,
            HttpHeaders headers) {
        return doorway.page(headers, "/me/activity", who -> {
            ActivityFilter filter = ActivityFilter.of(kind, client, grant);
            return Templates.activity(
                    happenings.of(
                            who.session().person(),
                            filter,
                            before == null ? OptionalLong.empty() : OptionalLong.of(before)),
                    ActivityFilter.kinds(),
                    filter.kind().wire(),
                    clients(who),
                    filter.client().map(id -> id.value()).orElse(""),
                    filter.grant().map(Object::toString).orElse(""),
                    doorway.csrf(who));
        });
    }

    private Map<String, String> clients(SignedIn who) {
        Map<String, String> clients = new LinkedHashMap<>();
        holdings.of(who.session().person())
                .forEach(holding ->
                        clients.put(holding.who().clientId(), holding.who().name()));
        return clients;
    }

    /** What was just done, if it is so: an address can say anything. */
    private static String done(@Nullable String done, ConsentCard holding) {
        boolean isSo = switch (done == null ? "" : done) {
            case "withdrawn" -> holding.status() == Status.WITHDRAWN;
            case "paused" -> holding.isPaused();
            case "resumed" -> holding.isActive();
            case "narrowed" -> holding.inForce();
            default -> false;
        };
        return isSo && done != null ? done : "";
    }
}

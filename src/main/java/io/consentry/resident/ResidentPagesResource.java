package io.consentry.resident;

import io.consentry.consent.OwnConsent;
import io.consentry.consent.OwnConsents;
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

    private final ResidentSignIn signIn;
    private final OwnConsents own;
    private final ConsentCards cards;
    private final ConsentHistories histories;
    private final EventLines events;

    ResidentPagesResource(
            ResidentSignIn signIn, OwnConsents own, ConsentCards cards, ConsentHistories histories, EventLines events) {
        this.signIn = signIn;
        this.own = own;
        this.cards = cards;
        this.histories = histories;
        this.events = events;
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

        static native TemplateInstance grant(ConsentCard card, ConsentHistory history, String done, String csrf);

        static native TemplateInstance activity(
                EventLines.Page page,
                long counted,
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
        return signIn.page(headers, "/me", who -> {
            List<ConsentCard> all = cards.of(who.session().person());
            return Templates.me(
                    all.stream()
                            .filter(card -> card.inForce() && card.use().due())
                            .toList(),
                    all.stream().filter(ConsentCard::isOpen).toList(),
                    all.stream().filter(ConsentCard::inForce).toList(),
                    all.stream()
                            .filter(card -> !card.inForce() && !card.isOpen())
                            .toList(),
                    signIn.csrf(who));
        });
    }

    @GET
    @Path("/consents/{grant}")
    @Operation(hidden = true)
    public Response grant(
            @PathParam("grant") String grant, @QueryParam("done") @Nullable String done, HttpHeaders headers) {
        return signIn.page(headers, ConsentFormsResource.address(grant, ""), who -> {
            OwnConsent found = own.require(who.session().person(), grant);
            ConsentCard card = cards.of(found);
            return Templates.grant(card, histories.of(found), done(done, card), signIn.csrf(who));
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
        return signIn.page(headers, "/me/activity", who -> {
            ActivityFilter filter = ActivityFilter.of(kind, client, grant);
            return Templates.activity(
                    events.of(
                            who.session().person(),
                            filter,
                            before == null ? OptionalLong.empty() : OptionalLong.of(before)),
                    events.counted(who.session().person()),
                    ActivityFilter.kinds(),
                    filter.kind().wire(),
                    clients(who),
                    filter.client().map(id -> id.value()).orElse(""),
                    filter.grant().map(Object::toString).orElse(""),
                    signIn.csrf(who));
        });
    }

    private Map<String, String> clients(SignedIn who) {
        Map<String, String> clients = new LinkedHashMap<>();
        cards.of(who.session().person())
                .forEach(card -> clients.put(card.who().clientId(), card.who().name()));
        return clients;
    }

    /** What was just done, if it is so: an address can say anything. */
    private static String done(@Nullable String done, ConsentCard card) {
        boolean isSo = switch (done == null ? "" : done) {
            case "withdrawn" -> card.status() == Status.WITHDRAWN;
            case "paused" -> card.isPaused();
            case "resumed" -> card.isActive();
            case "narrowed" -> card.inForce();
            default -> false;
        };
        return isSo && done != null ? done : "";
    }
}

package io.consentry.approval;

import io.consentry.authorization.Interaction;
import io.consentry.authorization.InteractionId;
import io.consentry.authorization.Interactions;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consents;
import io.consentry.consent.HeldConsent;
import io.consentry.consent.Stage;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.GrantId;
import io.consentry.person.SignedIn;
import io.consentry.wording.Tally;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person sees of a request that cannot be answered here and now, and why. Nothing is granted by looking at it. */
@ApplicationScoped
class ClosedScreen {

    private final Interactions interactions;
    private final Consents consents;
    private final Clients clients;
    private final SameOrigin sameOrigin;
    private final InstantSource clock;

    ClosedScreen(
            Interactions interactions, Consents consents, Clients clients, SameOrigin sameOrigin, InstantSource clock) {
        this.interactions = interactions;
        this.consents = consents;
        this.clients = clients;
        this.sameOrigin = sameOrigin;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "approval")
    static class Templates {

        private Templates() {}

        static native TemplateInstance closed(Closed closed, String csrf);
    }

    /**
     * What became of the request.
     *
     * @param state {@code granted}, {@code refused}, {@code lapsed}, {@code others} or {@code gone}
     * @param grant the grant, where the person has one to look at
     * @param tally what they approved of what was asked; nothing where they did not
     * @param back where the client takes the person up again
     */
    record Closed(
            String state,
            String client,
            @Nullable GrantId grant,
            Tally tally,
            @Nullable URI back) {

        static Closed without(String state, String client, @Nullable GrantId grant) {
            return new Closed(state, client, grant, Tally.NOTHING, null);
        }
    }

    /** For a request of this person, or of nobody: what was decided, or that it lapsed. Others' stay unknown. */
    Response whatBecameOf(InteractionId id, SignedIn who) {
        Optional<Interaction> request = interactions.recall(id);
        Optional<URI> afterLapse = interactions.afterLapse(id);
        if (request.isEmpty()) {
            return page(Response.Status.NOT_FOUND, Closed.without("gone", "", null), who);
        }
        String client = name(request.get());
        if (afterLapse.isPresent()) {
            return page(Response.Status.GONE, new Closed("lapsed", client, null, Tally.NOTHING, afterLapse.get()), who);
        }
        GrantId grant = request.get().grantId();
        Optional<String> amendment = interactions.amendmentState(id);
        URI back = interactions.afterDecision(id).orElse(null);
        return consents.of(who.session().person()).stream()
                .filter(held -> held.consent().terms().grantId().equals(grant))
                .findFirst()
                .map(held -> page(
                        Response.Status.CONFLICT, decided(amendment.orElse(held.status()), client, held, back), who))
                .orElseGet(() -> page(Response.Status.NOT_FOUND, Closed.without("gone", client, null), who));
    }

    /** For a request that is before another person, who is the only one to answer it. */
    Response anothers(SignedIn who) {
        return page(Response.Status.FORBIDDEN, Closed.without("others", "", null), who);
    }

    /** An approved amendment is granted as well; one that was overtaken is over like one that lapsed. */
    private Closed decided(String status, String client, HeldConsent held, @Nullable URI back) {
        GrantId grant = held.consent().terms().grantId();
        return switch (status) {
            case "refused" -> new Closed("refused", client, grant, Tally.NOTHING, back);
            case "lapsed", "overtaken" -> new Closed("lapsed", client, grant, Tally.NOTHING, back);
            default -> {
                Stage stage = Stage.of(held.consent(), clock.instant());
                yield new Closed("granted", client, grant, Tally.of(stage.attributes(), stage.declined()), back);
            }
        };
    }

    private String name(Interaction request) {
        return clients.find(request.clientId())
                .map(RegisteredClient::name)
                .orElse(request.clientId().value());
    }

    private Response page(Response.Status status, Closed closed, SignedIn who) {
        return Response.status(status)
                .entity(Templates.closed(closed, sameOrigin.token(who.handle().value()))
                        .render())
                .type("text/html;charset=UTF-8")
                .build();
    }
}

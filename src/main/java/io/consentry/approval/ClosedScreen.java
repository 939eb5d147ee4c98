package io.consentry.approval;

import io.consentry.authorization.ClosedRequest;
import io.consentry.authorization.ClosedRequests;
import io.consentry.authorization.InteractionId;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Amendment;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.HeldConsent;
import io.consentry.consent.StatusDetails;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.ClientId;
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

    private final ClosedRequests requests;
    private final Consents consents;
    private final Clients clients;
    private final SameOrigin sameOrigin;
    private final InstantSource clock;

    ClosedScreen(
            ClosedRequests requests, Consents consents, Clients clients, SameOrigin sameOrigin, InstantSource clock) {
        this.requests = requests;
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

    /** Why it cannot be answered here and now. */
    enum State {
        GRANTED,
        REFUSED,
        LAPSED,
        /** It is before another person. */
        OTHERS,
        /** It never was, or is nobody's to answer. */
        GONE
    }

    /**
     * What became of the request.
     *
     * @param grant the grant, where the person has one to look at
     * @param tally what they approved of what was asked; nothing where they did not
     * @param back where the client takes the person up again
     */
    record Closed(
            State state,
            String client,
            @Nullable GrantId grant,
            Tally tally,
            @Nullable URI back) {

        public boolean isGranted() {
            return state == State.GRANTED;
        }

        public boolean isOthers() {
            return state == State.OTHERS;
        }

        static Closed without(State state, String client, @Nullable GrantId grant) {
            return new Closed(state, client, grant, Tally.NOTHING, null);
        }
    }

    /** For a request of this person, or of nobody: what was decided, or that it lapsed. Others' stay unknown. */
    Response whatBecameOf(InteractionId id, SignedIn who) {
        Optional<ClosedRequest> found = requests.find(id);
        if (found.isEmpty()) {
            return page(Response.Status.NOT_FOUND, Closed.without(State.GONE, "", null), who);
        }
        ClosedRequest request = found.get();
        String client = name(request.client());
        Optional<HeldConsent> held = consents.of(who.session().person(), request.grant());
        if (request.lapsed() && (held.isPresent() || !request.shown())) {
            URI back = request.back().orElse(null);
            return page(Response.Status.GONE, new Closed(State.LAPSED, client, null, Tally.NOTHING, back), who);
        }
        return held.map(own -> decided(request, client, own))
                .map(closed -> page(
                        closed.state() == State.GONE ? Response.Status.NOT_FOUND : Response.Status.CONFLICT,
                        closed,
                        who))
                .orElseGet(() -> page(Response.Status.NOT_FOUND, Closed.without(State.GONE, client, null), who));
    }

    /** For a request that is before another person, who is the only one to answer it. */
    Response anothers(SignedIn who) {
        return page(Response.Status.FORBIDDEN, Closed.without(State.OTHERS, "", null), who);
    }

    /** An amendment that was overtaken is over like one that lapsed. */
    private Closed decided(ClosedRequest request, String client, HeldConsent held) {
        URI back = request.back().orElse(null);
        State state = request.amendment().map(ClosedScreen::state).orElseGet(() -> state(held));
        return switch (state) {
            case GRANTED -> {
                StatusDetails details = StatusDetails.of(held.consent(), clock.instant());
                yield new Closed(
                        state, client, request.grant(), Tally.of(details.attributes(), details.declined()), back);
            }
            case REFUSED, LAPSED, OTHERS, GONE -> new Closed(state, client, request.grant(), Tally.NOTHING, back);
        };
    }

    private static State state(Amendment amendment) {
        return switch (amendment) {
            case Amendment.Approved approved -> State.GRANTED;
            case Amendment.Refused refused -> State.REFUSED;
            case Amendment.Lapsed lapsed -> State.LAPSED;
            case Amendment.Overtaken overtaken -> State.LAPSED;
            case Amendment.Open open -> State.GONE;
        };
    }

    private static State state(HeldConsent held) {
        return switch (held.consent()) {
            case Consent.Given given -> State.GRANTED;
            case Consent.Refused refused -> State.REFUSED;
            case Consent.Lapsed lapsed -> State.LAPSED;
            case Consent.Undecided open -> State.GONE;
            case Consent.Damaged damaged -> State.GONE;
        };
    }

    private String name(ClientId id) {
        return clients.find(id).map(RegisteredClient::name).orElse(id.value());
    }

    private Response page(Response.Status status, Closed closed, SignedIn who) {
        return Response.status(status)
                .entity(Templates.closed(closed, sameOrigin.token(who.handle().value()))
                        .render())
                .type("text/html;charset=UTF-8")
                .build();
    }
}

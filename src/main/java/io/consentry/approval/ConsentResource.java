package io.consentry.approval;

import io.consentry.authorization.Admission;
import io.consentry.authorization.Interaction;
import io.consentry.authorization.InteractionId;
import io.consentry.authorization.Interactions;
import io.consentry.authorization.Presentation;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.FaultException;
import io.consentry.kernel.Settings;
import io.consentry.person.CurrentPerson;
import io.consentry.person.SignedIn;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a person decides. It shows what is asked and the values that would go, takes one answer, and sends the
 * browser back to the client. Leaving it grants nothing.
 */
@Path("/consent/{interaction}")
@Produces(MediaType.TEXT_HTML)
public class ConsentResource {

    private final CurrentPerson resident;
    private final Interactions interactions;
    private final ConsentScreen screen;
    private final ClosedScreen closed;
    private final Choices choices;
    private final SameOrigin sameOrigin;
    private final Settings settings;

    ConsentResource(
            CurrentPerson resident,
            Interactions interactions,
            ConsentScreen screen,
            ClosedScreen closed,
            Choices choices,
            SameOrigin sameOrigin,
            Settings settings) {
        this.resident = resident;
        this.interactions = interactions;
        this.screen = screen;
        this.closed = closed;
        this.choices = choices;
        this.sameOrigin = sameOrigin;
        this.settings = settings;
    }

    @GET
    @Operation(hidden = true)
    public Response show(@PathParam("interaction") String text, HttpHeaders headers) {
        InteractionId id = parse(text);
        Optional<SignedIn> who = resident.find(headers);
        return switch (interactions.admit(id, who.map(SignedIn::session))) {
            case Admission.Open(Interaction open) -> show(open, who.orElseThrow(), headers);
            case Admission.SignInFirst first -> signInFirst(id).build();
            case Admission.Returned(URI to) -> Response.seeOther(to).build();
            case Admission.Closed nothing ->
                who.map(person -> comeBack(id, person))
                        .orElseGet(() -> signInFirst(id).build());
        };
    }

    /** Whoever approved goes on to the client as long as that waits for them; others read what became of the request. */
    private Response comeBack(InteractionId id, SignedIn who) {
        return interactions
                .onward(id, who.session())
                .map(to -> Response.seeOther(to).build())
                .orElseGet(() -> closed.whatBecameOf(id, who));
    }

    private Response show(Interaction open, SignedIn who, HttpHeaders headers) {
        Optional<URI> away = interactions.turnAway(open.id(), who.session());
        if (away.isPresent()) {
            return Response.seeOther(away.get()).build();
        }
        Optional<Presentation> presented = present(open.id(), who);
        return presented.isEmpty()
                ? closed.anothers(who)
                : screen.show(open, presented.get(), who, choices.read(headers));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response decide(
            @PathParam("interaction") String text,
            @FormParam("decision") List<String> decisions,
            @FormParam("share") List<String> share,
            @FormParam("tick") @Nullable String card,
            @FormParam("shown") @Nullable String shown,
            @FormParam("csrf") @Nullable String csrf,
            HttpHeaders headers) {
        InteractionId id = parse(text);
        Optional<SignedIn> who = resident.find(headers);
        if (who.isEmpty()) {
            sameOrigin.check(headers);
            return signInFirst(id)
                    .cookie(choices.keep(id, AttributeName.amongst(share)))
                    .build();
        }
        sameOrigin.checkForm(headers, who.get().handle().value(), csrf);
        String decision = only(decisions);
        return switch (interactions.admit(id, who.map(SignedIn::session))) {
            case Admission.SignInFirst first ->
                signInFirst(id)
                        .cookie(choices.keep(id, AttributeName.amongst(share)))
                        .build();
            case Admission.Returned(URI to) -> Response.seeOther(to).build();
            case Admission.Open open -> {
                Optional<URI> away = interactions.turnAway(id, who.get().session());
                if (away.isPresent()) {
                    yield Response.seeOther(away.get()).build();
                }
                yield card == null
                        ? decide(open.interaction(), who.get(), new Sent(decision, AttributeName.amongst(share), shown))
                        : tick(
                                id,
                                who.get(),
                                AttributeName.amongst(List.of(card.split(" ", -1))),
                                AttributeName.amongst(share));
            }
            case Admission.Closed nothing ->
                repeat(id, who.get(), new Sent(decision, AttributeName.amongst(share), shown));
        };
    }

    /**
     * What the form brought.
     *
     * @param share the optional attributes that are ticked
     * @param shown what was on the page, sealed
     */
    private record Sent(
            @Nullable String decision,
            Set<AttributeName> share,
            @Nullable String shown) {}

    /** Two decisions are none. */
    private static @Nullable String only(List<String> decisions) {
        if (decisions.size() > 1) {
            throw Fault.of(FaultCode.DUPLICATE_PARAMETER, "A request carries one decision.")
                    .expecting("approve or refuse", decisions.size() + " decisions")
                    .raise();
        }
        return decisions.isEmpty() ? null : decisions.getFirst();
    }

    private Response decide(Interaction open, SignedIn who, Sent sent) {
        InteractionId id = open.id();
        try {
            return Response.seeOther(answer(open, who, sent))
                    .cookie(choices.forget(id))
                    .build();
        } catch (FaultException e) {
            if (e.fault().code() != FaultCode.INTERACTION_NOT_FOUND && e.fault().code() != FaultCode.ALREADY_DECIDED) {
                throw e;
            }
            return interactions.find(id).isPresent() ? closed.anothers(who) : repeat(id, who, sent);
        }
    }

    /**
     * A second click, a reload after an answer that was lost, a second tab: the same decision gets the same answer while that is
     * good; otherwise the page says what stands. Nothing is decided here.
     */
    private Response repeat(InteractionId id, SignedIn who, Sent sent) {
        try {
            return Response.seeOther(interactions.again(id, who.session(), declined(id, sent)))
                    .cookie(choices.forget(id))
                    .build();
        } catch (FaultException e) {
            return closed.whatBecameOf(id, who);
        }
    }

    private Optional<Set<AttributeName>> declined(InteractionId id, Sent sent) {
        return Optional.ofNullable(sent.decision())
                .filter("approve"::equals)
                .map(approve -> less(interactions.optional(id), sent.share()));
    }

    private static Set<AttributeName> less(Set<AttributeName> optional, Set<AttributeName> chosen) {
        Set<AttributeName> declined = new HashSet<>(optional);
        declined.removeAll(chosen);
        return declined;
    }

    /** Ticks a whole card, or none of it if all of it was ticked, and shows the page once more. Decides nothing. */
    private Response tick(InteractionId id, SignedIn who, Set<AttributeName> card, Set<AttributeName> chosen) {
        return present(id, who)
                .map(presented -> Response.seeOther(URI.create(settings.baseUrl() + "/consent/" + id + "#optional"))
                        .cookie(choices.keep(id, Choices.turn(presented.terms().optional(), card, chosen)))
                        .build())
                .orElseGet(() -> closed.anothers(who));
    }

    private URI answer(Interaction open, SignedIn who, Sent sent) {
        return switch (sent.decision() == null ? "" : sent.decision()) {
            case "approve" -> approve(open, who, sent);
            case "refuse" -> interactions.refuse(open.id(), who.session());
            default ->
                throw Fault.of(FaultCode.INVALID_PARAMETER, "Approve or refuse, with the buttons of the page.")
                        .expecting("decision=approve or decision=refuse", sent.decision())
                        .raise();
        };
    }

    /** All that is required, and of what is optional whatever was ticked; with a digest of the words that were on the page. */
    private URI approve(Interaction open, SignedIn who, Sent sent) {
        InteractionId id = open.id();
        Shown shown = screen.shown(open, who.session().person(), sent.shown());
        Terms terms = interactions.present(id, who.session()).terms();
        return interactions.approve(id, who.session(), less(terms.optional(), sent.share()), shown);
    }

    private Optional<Presentation> present(InteractionId id, SignedIn who) {
        try {
            return Optional.of(interactions.present(id, who.session()));
        } catch (FaultException e) {
            if (e.fault().code() != FaultCode.INTERACTION_NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Response.ResponseBuilder signInFirst(InteractionId id) {
        return Response.seeOther(URI.create(settings.baseUrl() + "/sign-in?return_to=/consent/" + id));
    }

    private static InteractionId parse(String text) {
        try {
            return InteractionId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Fault.of(FaultCode.INTERACTION_NOT_FOUND, "The address of this page is damaged. Begin once more.")
                    .raise();
        }
    }
}

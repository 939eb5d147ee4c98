package io.consentry.approval;

import io.consentry.authorization.Interaction;
import io.consentry.authorization.InteractionId;
import io.consentry.authorization.Interactions;
import io.consentry.authorization.RequestState.Anothers;
import io.consentry.authorization.RequestState.Answer;
import io.consentry.authorization.RequestState.Approved;
import io.consentry.authorization.RequestState.Decided;
import io.consentry.authorization.RequestState.Gone;
import io.consentry.authorization.RequestState.Repeated;
import io.consentry.authorization.RequestState.Returned;
import io.consentry.authorization.RequestState.SignInFirst;
import io.consentry.authorization.RequestState.ToDecide;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a person decides. It shows what is asked and the values that would go, takes one answer, and sends the
 * browser back to the client. Leaving it grants nothing.
 */
@Path("/consent/{interaction}")
@Produces(MediaType.TEXT_HTML)
public class ConsentResource {

    private final CurrentPerson current;
    private final Interactions interactions;
    private final ConsentScreen screen;
    private final ClosedScreen closed;
    private final Choices choices;
    private final SameOrigin sameOrigin;
    private final Settings settings;

    ConsentResource(
            CurrentPerson current,
            Interactions interactions,
            ConsentScreen screen,
            ClosedScreen closed,
            Choices choices,
            SameOrigin sameOrigin,
            Settings settings) {
        this.current = current;
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
        Optional<SignedIn> who = current.find(headers);
        Supplier<Response> page = interactions.take(id, who.map(SignedIn::session), state -> switch (state) {
            case SignInFirst first -> () -> signInFirst(id).build();
            case Returned(URI to) -> () -> Response.seeOther(to).build();
            case ToDecide asked -> show(asked, who.orElseThrow(), headers);
            case Decided decided -> comeBack(id, decided, who.orElseThrow());
            case Anothers another -> () -> closed.anothers(who.orElseThrow());
            case Gone gone -> () -> closed.whatBecameOf(id, who.orElseThrow());
        });
        return page.get(); // outside the transaction, since the sources are asked for it
    }

    private Supplier<Response> show(ToDecide asked, SignedIn who, HttpHeaders headers) {
        Interaction interaction = asked.interaction();
        Terms terms = asked.terms();
        return () -> screen.show(interaction, terms, who, choices.read(headers));
    }

    /** Whoever approved goes on to the client as long as that waits for them; others read what became of the request. */
    private Supplier<Response> comeBack(InteractionId id, Decided decided, SignedIn who) {
        return decided.onward()
                .<Supplier<Response>>map(to -> () -> Response.seeOther(to).build())
                .orElseGet(() -> () -> closed.whatBecameOf(id, who));
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
        Set<AttributeName> chosen = AttributeName.amongst(share);
        Optional<SignedIn> who = current.find(headers);
        if (who.isEmpty()) {
            sameOrigin.check(headers);
            return signInFirst(id).cookie(choices.keep(id, chosen)).build();
        }
        sameOrigin.checkForm(headers, who.get().handle().value(), csrf);
        return answer(id, who.get(), new Sent(only(decisions), chosen, card, shown));
    }

    /**
     * What the form brought.
     *
     * @param chosen the optional attributes that are ticked
     * @param card the attributes of a card that is to be ticked as a whole; then nothing is decided
     * @param shown what was on the page, sealed
     */
    private record Sent(
            @Nullable String decision,
            Set<AttributeName> chosen,
            @Nullable String card,
            @Nullable String shown) {

        boolean approves() {
            return "approve".equals(decision);
        }

        /** Of what could be declined, all that is not ticked. */
        Set<AttributeName> declined(Set<AttributeName> optional) {
            var declined = new HashSet<>(optional);
            declined.removeAll(chosen);
            return declined;
        }
    }

    /** Two decisions are none. */
    private static @Nullable String only(List<String> decisions) {
        if (decisions.size() > 1) {
            throw Fault.of(FaultCode.DUPLICATE_PARAMETER, "A request carries one decision.")
                    .expecting("approve or refuse", decisions.size() + " decisions")
                    .raise();
        }
        return decisions.isEmpty() ? null : decisions.getFirst();
    }

    private Response answer(InteractionId id, SignedIn who, Sent sent) {
        Supplier<Response> answer = interactions.take(id, Optional.of(who.session()), state -> switch (state) {
            case SignInFirst first ->
                () -> signInFirst(id).cookie(choices.keep(id, sent.chosen())).build();
            case Returned(URI to) -> () -> Response.seeOther(to).build();
            case ToDecide asked ->
                sent.card() == null ? decide(id, asked, who, sent) : tick(id, asked, sent.card(), sent.chosen());
            case Decided decided -> repeat(id, decided, who, sent);
            case Anothers another -> () -> closed.anothers(who);
            case Gone gone -> () -> closed.whatBecameOf(id, who);
        });
        return answer.get();
    }

    private Supplier<Response> decide(InteractionId id, ToDecide asked, SignedIn who, Sent sent) {
        return switch (sent.decision() == null ? "" : sent.decision()) {
            case "approve" -> approve(id, asked, who, sent);
            case "refuse" -> {
                URI client = asked.refuse();
                yield () -> goTo(id, client);
            }
            default ->
                throw Fault.of(FaultCode.INVALID_PARAMETER, "Approve or refuse, with the buttons of the page.")
                        .expecting("decision=approve or decision=refuse", sent.decision())
                        .raise();
        };
    }

    /** All that is required, and of what is optional whatever was ticked; with a digest of the words that were on the page. */
    private Supplier<Response> approve(InteractionId id, ToDecide asked, SignedIn who, Sent sent) {
        Shown shown = screen.shown(id, who.session().person(), sent.shown());
        return switch (asked.approve(sent.declined(asked.terms().optional()), shown)) {
            case Approved.GoTo(URI client) -> () -> goTo(id, client);
            case Approved.NotOptional(Fault why) ->
                () -> {
                    throw why.raise();
                };
        };
    }

    /**
     * A second click, a reload after an answer that was lost, a second tab: the same decision gets the same answer while that is
     * good; otherwise the page says what stands. Nothing is decided here.
     */
    private Supplier<Response> repeat(InteractionId id, Decided decided, SignedIn who, Sent sent) {
        Answer answer = sent.approves() ? new Answer.Approve(sent.declined(decided.optional())) : new Answer.Refuse();
        return switch (decided.again(answer)) {
            case Repeated.Same(URI to) -> () -> goTo(id, to);
            case Repeated.Other stands -> () -> closed.whatBecameOf(id, who);
            case Repeated.Anothers another -> () -> closed.whatBecameOf(id, who);
        };
    }

    private Response goTo(InteractionId id, URI client) {
        return Response.seeOther(client).cookie(choices.forget(id)).build();
    }

    /** Ticks a whole card, or none of it if all of it was ticked, and shows the page once more. Decides nothing. */
    private Supplier<Response> tick(InteractionId id, ToDecide asked, String card, Set<AttributeName> chosen) {
        Set<AttributeName> ofCard = AttributeName.amongst(List.of(card.split(" ", -1)));
        Set<AttributeName> turned = Choices.turn(asked.terms().optional(), ofCard, chosen);
        return () -> Response.seeOther(URI.create(settings.baseUrl() + "/consent/" + id + "#optional"))
                .cookie(choices.keep(id, turned))
                .build();
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

package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.authorization.Interaction;
import io.consentry.authorization.Interactions;
import io.consentry.authorization.RequestState;
import io.consentry.authorization.RequestState.Answer;
import io.consentry.authorization.RequestState.Approved;
import io.consentry.authorization.RequestState.Repeated;
import io.consentry.catalogue.Catalogue;
import io.consentry.consent.Shown;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.person.Assurance;
import io.consentry.person.Session;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A person's decision without a browser: the same request, the same checks, the same entries. */
@Path("/sandbox/decisions")
@Tag(name = "Sandbox")
public class DecisionResource {

    private final Interactions interactions;
    private final ChooseAPerson method;
    private final Catalogue catalogue;

    DecisionResource(Interactions interactions, ChooseAPerson method, Catalogue catalogue) {
        this.interactions = interactions;
        this.method = method;
        this.catalogue = catalogue;
    }

    /** Who decides what. Does not print. */
    public record Decision(
            @JsonProperty("client_id") @Nullable String clientId,
            @JsonProperty("request_uri") @Nullable String requestUri,
            @Nullable String uinfin,
            @Nullable String decision,
            @Nullable List<String> declined) {

        @Override
        public String toString() {
            return "Decision[redacted]";
        }
    }

    /** Where the person's browser would go now. */
    public record Decided(@JsonProperty("redirect_to") URI redirectTo) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Approve or refuse a pushed request as an invented person")
    public Decided decide(@Nullable Decision request) {
        if (request == null) {
            throw missing("client_id, request_uri, uinfin and decision");
        }
        String decision = require(request.decision(), "decision");
        if (!decision.equals("approve") && !decision.equals("deny")) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "A decision is approve or deny.")
                    .expecting("approve or deny", decision)
                    .raise();
        }
        String requestUri = require(request.requestUri(), "request_uri");
        Set<AttributeName> declined = declined(request);
        String clientId = require(request.clientId(), "client_id");
        String uinfin = require(request.uinfin(), "uinfin");
        method.known(uinfin);
        Answer answer = decision.equals("approve") ? new Answer.Approve(declined) : new Answer.Refuse();
        return new Decided(interactions
                .behind(client(clientId), requestUri)
                .map(interaction -> decide(interaction, uinfin, answer))
                .orElseThrow(() -> unknown().raise()));
    }

    /** As the pages do it, but signs in by itself: as surely as the request wants, and once more if it wants that. */
    private URI decide(Interaction interaction, String uinfin, Answer answer) {
        return attempt(interaction, uinfin, answer)
                .or(() -> attempt(interaction, uinfin, answer))
                .orElseThrow(() -> Fault.of(FaultCode.SIGN_IN_REQUIRED, "The request demands another sign-in.")
                        .raise())
                .get();
    }

    /** Empty if the request wants a new sign-in. Whoever decided before hears the same once more. */
    private Optional<Supplier<URI>> attempt(Interaction interaction, String uinfin, Answer answer) {
        Session person = method.session(uinfin, interaction.level().orElse(Assurance.TWO_FACTORS));
        return interactions.take(interaction.id(), Optional.of(person), state -> switch (state) {
            case RequestState.SignInFirst first -> Optional.empty();
            case RequestState.Returned(URI to) -> Optional.of(() -> to);
            case RequestState.ToDecide asked -> Optional.of(decide(asked, answer));
            case RequestState.Decided decided -> Optional.of(again(decided.again(answer)));
            case RequestState.Anothers another ->
                Optional.of(refused(Fault.of(
                        FaultCode.INTERACTION_NOT_FOUND, "It is before another person, who opened it first.")));
            case RequestState.Gone gone -> Optional.of(refused(unknown()));
        });
    }

    private static Supplier<URI> decide(RequestState.ToDecide asked, Answer answer) {
        return switch (answer) {
            case Answer.Approve(Set<AttributeName> declined) ->
                switch (asked.approve(declined, Shown.NOTHING)) {
                    case Approved.GoTo(URI client) -> () -> client;
                    case Approved.NotOptional(Fault why) -> refused(why);
                };
            case Answer.Refuse refusal -> {
                URI client = asked.refuse();
                yield () -> client;
            }
        };
    }

    private static Supplier<URI> again(Repeated repeated) {
        return switch (repeated) {
            case Repeated.Same(URI to) -> () -> to;
            case Repeated.Other(Fault why) -> refused(why);
            case Repeated.Anothers another -> refused(unknown());
        };
    }

    /** Raised when the transaction is over, which keeps that the request was shown. */
    private static Supplier<URI> refused(Fault why) {
        return () -> {
            throw why.raise();
        };
    }

    private static Fault unknown() {
        return Fault.of(FaultCode.INVALID_REQUEST_URI, "Push a new request.");
    }

    private static ClientId client(String text) {
        try {
            return new ClientId(text);
        } catch (IllegalArgumentException e) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "That is no client_id.").raise();
        }
    }

    private Set<AttributeName> declined(Decision request) {
        var declined = new TreeSet<AttributeName>();
        for (String scope : request.declined() == null ? List.<String>of() : request.declined()) {
            Set<AttributeName> attributes = catalogue.expand(scope);
            if (attributes.isEmpty()) {
                throw Fault.of(FaultCode.UNKNOWN_SCOPE, "Decline scopes of the catalogue.")
                        .expecting("a scope of the catalogue", scope)
                        .raise();
            }
            declined.addAll(attributes);
        }
        return declined;
    }

    private static String require(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw missing(name);
        }
        return value;
    }

    private static RuntimeException missing(String name) {
        return Fault.of(FaultCode.MISSING_PARAMETER, "The body needs " + name + ".")
                .expecting(name, null)
                .raise();
    }
}

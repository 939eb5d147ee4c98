package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.authorization.Admission;
import io.consentry.authorization.Interaction;
import io.consentry.authorization.InteractionId;
import io.consentry.authorization.Interactions;
import io.consentry.catalogue.Catalogue;
import io.consentry.consent.Shown;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.FaultException;
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
        Answer answer = new Answer(uinfin, decision.equals("approve"), declined);
        ClientId client = client(clientId);
        return new Decided(interactions
                .open(client, requestUri)
                .map(interaction -> decide(interaction, answer))
                .or(() -> interactions.closed(client, requestUri).map(id -> again(id, answer)))
                .orElseThrow(DecisionResource::unknown));
    }

    /** What somebody answers. Does not print. */
    private record Answer(String uinfin, boolean approves, Set<AttributeName> declined) {

        @Override
        public String toString() {
            return "Answer[redacted]";
        }
    }

    /** Whoever decided hears the same once more; a request that ended without a decision tells everybody how. */
    private URI again(InteractionId id, Answer answer) {
        Session person = method.session(answer.uinfin(), Assurance.TWO_FACTORS);
        if (interactions.admit(id, Optional.of(person)) instanceof Admission.Returned(URI to)) {
            return to;
        }
        return again(id, person, answer);
    }

    private URI again(InteractionId id, Session person, Answer answer) {
        try {
            return interactions.again(id, person, Optional.of(answer.declined()).filter(declined -> answer.approves()));
        } catch (FaultException e) {
            throw e.fault().code() == FaultCode.INTERACTION_NOT_FOUND ? unknown() : e;
        }
    }

    private static RuntimeException unknown() {
        return Fault.of(FaultCode.INVALID_REQUEST_URI, "Push a new request.").raise();
    }

    /** As the pages do it: signs in as surely as the request wants, once more if it wants that, presents it and decides. */
    private URI decide(Interaction interaction, Answer answer) {
        Assurance level = interaction.level().orElse(Assurance.TWO_FACTORS);
        Session person = method.session(answer.uinfin(), level);
        Admission admission = interactions.admit(interaction.id(), Optional.of(person));
        if (admission instanceof Admission.SignInFirst) {
            person = method.session(answer.uinfin(), level);
            admission = interactions.admit(interaction.id(), Optional.of(person));
        }
        if (admission instanceof Admission.Returned(URI to)) {
            return to;
        }
        if (admission instanceof Admission.Closed) { // somebody decided since it was opened
            return again(interaction.id(), person, answer);
        }
        Optional<URI> away = interactions.turnAway(interaction.id(), person);
        if (away.isPresent()) {
            return away.get();
        }
        try {
            interactions.present(interaction.id(), person);
        } catch (FaultException e) { // somebody decided just now, or it is before another person
            return interactions.find(interaction.id()).isPresent() ? raise(e) : again(interaction.id(), person, answer);
        }
        return answer.approves()
                ? interactions.approve(interaction.id(), person, answer.declined(), Shown.NOTHING)
                : interactions.refuse(interaction.id(), person);
    }

    private static URI raise(FaultException e) {
        throw e;
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

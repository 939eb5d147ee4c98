package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Change;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Shown;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
import io.consentry.kernel.InteractionId;
import io.consentry.person.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The door for pages: they find a request, show it to a signed-in person, and finish it with a decision; what they get back
 * is where to send the browser. A decision and its code are one transaction, and each request takes one decision.
 */
@ApplicationScoped
public class Interactions {

    private final PushedRequests requests;
    private final Consents consents;
    private final Clients clients;
    private final Catalogue catalogue;
    private final Codes codes;
    private final Redirects redirects;

    Interactions(
            PushedRequests requests,
            Consents consents,
            Clients clients,
            Catalogue catalogue,
            Codes codes,
            Redirects redirects) {
        this.requests = requests;
        this.consents = consents;
        this.clients = clients;
        this.catalogue = catalogue;
        this.codes = codes;
        this.redirects = redirects;
    }

    /** The request, while it can be decided; opening it does not bind anybody. */
    @Transactional
    public Optional<Interaction> find(InteractionId id) {
        return requests.find(id).map(Interaction::of);
    }

    /** The request in whatever state, for a page that tells what became of it; it opens nothing. */
    @Transactional
    public Optional<Interaction> recall(InteractionId id) {
        return requests.recall(id).map(Interaction::of);
    }

    /** Where the browser may go from a request that nobody decided in time: to the client, with {@code access_denied}. */
    @Transactional
    public Optional<URI> afterLapse(InteractionId id) {
        return requests.lapsed(id)
                .map(request -> redirects.failure(request, "access_denied", "Nobody decided in time."));
    }

    /** The request that a client would open at the authorization endpoint with this {@code request_uri}. */
    @Transactional
    public Optional<Interaction> open(ClientId client, String requestUri) {
        return requests.open(client.value(), requestUri).flatMap(this::find);
    }

    /** Shows the request to a person: from now on it is theirs, and another person finds nothing here. */
    @Transactional
    public Consent.Presented present(InteractionId id, Session person) {
        Interaction interaction = find(id).orElseThrow(Interactions::gone);
        return made(consents.present(interaction.grantId(), person.person()));
    }

    /** The person approves, less the optional attributes they decline. Returns where the browser goes: to the client, with a code. */
    @Transactional
    public URI approve(InteractionId id, Session person, Set<AttributeName> declined, Shown shown) {
        RequestRow request = requests.lock(id).orElseThrow(Interactions::gone);
        requireActiveClient(request);
        try {
            var approval = new Consents.Approval(declined, accessPeriod(request), shown);
            made(consents.grant(new GrantId(request.grantId), person.person(), approval));
        } catch (IllegalArgumentException e) {
            throw Fault.of(FaultCode.NOT_OPTIONAL, "Approve all that is required, or refuse the request.")
                    .expecting("optional attributes only", declined.toString())
                    .raise();
        }
        Handle code = codes.issue(request, person);
        requests.finish(request);
        return redirects.success(request, code);
    }

    /** The person refuses. Returns where the browser goes: to the client, with {@code access_denied}. */
    @Transactional
    public URI refuse(InteractionId id, Session person) {
        RequestRow request = requests.lock(id).orElseThrow(Interactions::gone);
        made(consents.refuse(new GrantId(request.grantId), person.person()));
        requests.finish(request);
        return redirects.failure(request, "access_denied", "The person did not approve.");
    }

    private void requireActiveClient(RequestRow request) {
        if (clients.find(new ClientId(request.clientId))
                .filter(RegisteredClient::isActive)
                .isEmpty()) {
            throw gone();
        }
    }

    /** As long as the purpose allowed on the day of the request, which is what the person was shown. */
    private Duration accessPeriod(RequestRow request) {
        return consents.find(new GrantId(request.grantId))
                .flatMap(asked -> catalogue.purpose(asked.terms().purpose()))
                .orElseThrow(Interactions::gone)
                .accessPeriod();
    }

    private static <C extends Consent> C made(Change<C> change) {
        return switch (change) {
            case Change.Made<C>(C consent) -> consent;
            case Change.NotPossible<C> other -> throw gone();
            case Change.NotFound<C> nothing -> throw gone();
        };
    }

    private static RuntimeException gone() {
        return Fault.of(
                        FaultCode.INTERACTION_NOT_FOUND,
                        "It was decided, or its time is over. Nothing more was granted.")
                .suggesting("Begin once more at the organisation that asked.")
                .raise();
    }
}

package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Amendment;
import io.consentry.consent.AmendmentId;
import io.consentry.consent.AmendmentRequests.Outcome;
import io.consentry.consent.Change;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.http.ReturnTo;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.person.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The door for pages: they find a request, show it to a signed-in person, and finish it with a decision; what they get back
 * is where to send the browser. A decision and its code are one transaction, and each request takes one decision.
 */
@ApplicationScoped
public class Interactions {

    /** Where a request's page is. */
    static final String PAGE = "/consent/";

    private final PushedRequests requests;
    private final Consents consents;
    private final Clients clients;
    private final Catalogue catalogue;
    private final Decisions decisions;
    private final Redirects redirects;
    private final AmendmentDecisions amendments;
    private final FirstOpening opening;
    private final SignInDemand demand;
    private final ClientWords words;

    Interactions(
            PushedRequests requests,
            Consents consents,
            Clients clients,
            Catalogue catalogue,
            Decisions decisions,
            Redirects redirects,
            SignInDemand demand,
            ClientWords words,
            AmendmentDecisions amendments,
            FirstOpening opening) {
        this.requests = requests;
        this.consents = consents;
        this.clients = clients;
        this.catalogue = catalogue;
        this.decisions = decisions;
        this.redirects = redirects;
        this.amendments = amendments;
        this.opening = opening;
        this.demand = demand;
        this.words = words;
    }

    /** The request, while it can be decided; opening it does not bind anybody. */
    @Transactional
    public Optional<Interaction> find(InteractionId id) {
        return requests.find(id).map(this::interaction);
    }

    /** The request that somebody signs in for, if they go to its page afterwards. */
    public Optional<Interaction> behind(ReturnTo then) {
        return then.path().startsWith(PAGE)
                ? parse(then.path().substring(PAGE.length())).flatMap(this::find)
                : Optional.empty();
    }

    private static Optional<InteractionId> parse(String text) {
        try {
            return Optional.of(InteractionId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether somebody who comes to decide may do so, by what the request demands of their sign-in. A request that cannot be
     * decided, since no page may be shown, the sign-in fell short or there is nothing left to amend, ends here and leaves no entry.
     * One that may be is on record from now on.
     */
    @Transactional
    public Admission admit(InteractionId id, Optional<Session> session) {
        return requests.lockAny(id).map(request -> admit(request, session)).orElseGet(Admission.Closed::new);
    }

    private Admission admit(RequestRow request, Optional<Session> session) {
        if (request.finishedAt != null) {
            return request.decision == null ? decisions.ended(request) : new Admission.Closed();
        }
        SignInDemand.Verdict verdict = demand.judge(request, session);
        if (request.silent) {
            return verdict instanceof SignInDemand.Verdict.Met
                    ? end(request, "consent_required", "Every request is put before the person.")
                    : end(request, "login_required", "Nobody is signed in as the request demands.");
        }
        return switch (verdict) {
            case SignInDemand.Verdict.Met met ->
                opening.record(request)
                        ? new Admission.Open(interaction(request))
                        : end(request, "access_denied", AmendmentDecisions.VOID);
            case SignInDemand.Verdict.SignInFirst first -> {
                requests.askToSignIn(request);
                yield new Admission.SignInFirst();
            }
            case SignInDemand.Verdict.Unmet(String error, String description) -> end(request, error, description);
        };
    }

    private Admission end(RequestRow request, String error, String description) {
        return new Admission.Returned(decisions.end(request, error, description));
    }

    /** The request in whatever state, for a page that tells what became of it; it opens nothing. */
    @Transactional
    public Optional<Interaction> recall(InteractionId id) {
        return requests.recall(id).map(this::interaction);
    }

    /** Where the browser may go from a request that nobody decided in time: to the client, with {@code access_denied}. */
    @Transactional
    public Optional<URI> afterLapse(InteractionId id) {
        return requests.lapsed(id)
                .map(request -> redirects.failure(request, "access_denied", "Nobody decided in time."));
    }

    /** Where somebody goes who comes back to the page of a request that they approved, while its code waits for the client. */
    @Transactional
    public Optional<URI> onward(InteractionId id, Session person) {
        return closed(id).flatMap(request -> decisions.onward(request, person));
    }

    /** Where a page leads to the client from a request that was decided. */
    @Transactional
    public Optional<URI> afterDecision(InteractionId id) {
        return closed(id).flatMap(decisions::wayBack);
    }

    private Optional<RequestRow> closed(InteractionId id) {
        return requests.lockAny(id).filter(request -> request.finishedAt != null);
    }

    /** A request that a client pushed and that is closed, for whoever decided on it. */
    @Transactional
    public Optional<InteractionId> closed(ClientId client, String requestUri) {
        return requests.closed(client.value(), requestUri);
    }

    /**
     * What a request answered, for the same decision in the same session: an approval less what it declines, a refusal without.
     * Decides nothing. Throws {@code already_decided} when another decision stands, and {@code interaction_not_found}.
     */
    @Transactional
    public URI again(InteractionId id, Session person, Optional<Set<AttributeName>> declined) {
        Decisions.Answer answer =
                declined.<Decisions.Answer>map(Decisions.Answer.Approve::new).orElseGet(Decisions.Answer.Refuse::new);
        return decisions.again(closed(id).orElseThrow(Interactions::gone), person, answer);
    }

    /** What the person before whom a request is, or was, may decline of it. */
    @Transactional
    public Set<AttributeName> optional(InteractionId id) {
        RequestRow request = requests.recall(id).orElseThrow(Interactions::gone);
        return amendments
                .asked(request)
                .<Set<AttributeName>>map(Terms::optional)
                .orElseGet(() -> RequestRow.names(request.optional));
    }

    /** The request that a client would open at the authorization endpoint with this {@code request_uri}. */
    @Transactional
    public Optional<Interaction> open(ClientId client, String requestUri) {
        return requests.open(client.value(), requestUri).flatMap(this::find);
    }

    /**
     * Shows the request to a person, who is told before they decide who asks, and for what (FAPI 2.0 §5.3.2.2-13): from now on
     * it is theirs, and another person finds nothing here.
     */
    @Transactional
    public Presentation present(InteractionId id, Session person) {
        RequestRow request = requests.lock(id).orElseThrow(Interactions::gone);
        meetsItsDemand(request, person);
        if (!opening.record(request)) {
            throw gone();
        }
        return AmendmentDecisions.of(request)
                .map(amendment -> Presentation.of(made(amendments.present(amendment, person.person()))))
                .orElseGet(
                        () -> Presentation.of(made(consents.present(new GrantId(request.grantId), person.person()))));
    }

    /**
     * Ends a request to amend a grant that cannot be decided: another person than the grant's has come, or the grant has
     * changed. Returns where the browser goes then, with {@code access_denied}; empty for whoever may decide.
     */
    @Transactional
    public Optional<URI> turnAway(InteractionId id, Session person) {
        return requests.lock(id)
                .flatMap(request -> AmendmentDecisions.of(request).flatMap(amendment -> switch (amendments.present(
                        amendment, person.person())) {
                    case Outcome.Closed<Amendment.Presented>(Amendment now) -> Optional.of(closed(request, now));
                    case Outcome.Made<Amendment.Presented> theirs -> Optional.empty();
                    case Outcome.NotFound<Amendment.Presented> none -> Optional.empty();
                }));
    }

    /** What became of a request to amend a grant, as the wire has it; empty for other requests. */
    @Transactional
    public Optional<String> amendmentState(InteractionId id) {
        return requests.recall(id).flatMap(amendments::state);
    }

    /**
     * The person approves, less the optional attributes they decline. Returns where the browser goes: to the client, with a code.
     * Of two that come at once, the second hears what the first did.
     */
    @Transactional
    public URI approve(InteractionId id, Session person, Set<AttributeName> declined, Shown shown) {
        RequestRow request = requests.lockAny(id).orElseThrow(Interactions::gone);
        if (request.finishedAt != null) {
            return decisions.again(request, person, new Decisions.Answer.Approve(declined));
        }
        meetsItsDemand(request, person);
        requireActiveClient(request);
        try {
            Optional<AmendmentId> amendment = AmendmentDecisions.of(request);
            if (amendment.isPresent()) {
                Outcome<Amendment.Approved> outcome =
                        amendments.approve(amendment.get(), person.person(), declined, shown);
                return answered(outcome, () -> decisions.approve(request, person, declined), request);
            }
            var approval = new Consents.Approval(declined, accessPeriod(request), shown);
            made(consents.grant(new GrantId(request.grantId), person.person(), approval));
        } catch (IllegalArgumentException e) {
            throw Fault.of(FaultCode.NOT_OPTIONAL, "Approve all that is required, or refuse the request.")
                    .expecting("optional attributes only", declined.toString())
                    .raise();
        }
        return decisions.approve(request, person, declined);
    }

    /** A void amendment is an answer too: what was found under the lock is committed, and the client told. */
    private URI answered(Outcome<Amendment.Approved> outcome, Supplier<URI> granted, RequestRow request) {
        return switch (outcome) {
            case Outcome.Made<Amendment.Approved> approved -> granted.get();
            case Outcome.Closed<Amendment.Approved>(Amendment now) -> closed(request, now);
            case Outcome.NotFound<Amendment.Approved> none -> throw gone();
        };
    }

    private URI closed(RequestRow request, Amendment now) {
        return decisions.end(request, "access_denied", AmendmentDecisions.why(now));
    }

    /** The person refuses. Returns where the browser goes: to the client, with {@code access_denied}. */
    @Transactional
    public URI refuse(InteractionId id, Session person) {
        RequestRow request = requests.lockAny(id).orElseThrow(Interactions::gone);
        if (request.finishedAt != null) {
            return decisions.again(request, person, new Decisions.Answer.Refuse());
        }
        AmendmentDecisions.of(request)
                .ifPresentOrElse(
                        amendment -> requireFound(amendments.refuse(amendment, person.person())),
                        () -> made(consents.refuse(new GrantId(request.grantId), person.person())));
        return decisions.refuse(request, person);
    }

    /** Pages ask {@link #admit} first; this holds for whoever did not. */
    private void meetsItsDemand(RequestRow request, Session person) {
        if (request.silent || !(demand.judge(request, Optional.of(person)) instanceof SignInDemand.Verdict.Met)) {
            throw Fault.of(FaultCode.SIGN_IN_REQUIRED, "The request demands another sign-in.")
                    .raise();
        }
    }

    private Interaction interaction(RequestRow request) {
        return Interaction.of(request, words.of(request), amendments.view(request));
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
            case Change.Already<C>(C consent) -> consent;
            case Change.NotPossible<C> other -> throw gone();
            case Change.NotFound<C> nothing -> throw gone();
        };
    }

    private static <A extends Amendment> A made(Outcome<A> outcome) {
        return switch (outcome) {
            case Outcome.Made<A>(A amendment) -> amendment;
            case Outcome.Closed<A> other -> throw gone();
            case Outcome.NotFound<A> nothing -> throw gone();
        };
    }

    private static void requireFound(Outcome<Amendment.Refused> outcome) {
        if (outcome instanceof Outcome.NotFound) {
            throw gone();
        }
    }

    static RuntimeException gone() {
        return Fault.of(
                        FaultCode.INTERACTION_NOT_FOUND,
                        "It was decided, or its time is over. Nothing more was granted.")
                .suggesting("Begin once more at the organisation that asked.")
                .raise();
    }
}

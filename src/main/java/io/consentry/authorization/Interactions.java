package io.consentry.authorization;

import io.consentry.authorization.RequestState.Anothers;
import io.consentry.authorization.RequestState.Gone;
import io.consentry.authorization.RequestState.Returned;
import io.consentry.authorization.RequestState.SignInFirst;
import io.consentry.authorization.SignInDemand.Verdict;
import io.consentry.http.ReturnTo;
import io.consentry.kernel.ClientId;
import io.consentry.person.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.function.Function;

/**
 * The door for pages: they take a request from state to state, each of which offers only what is legal next. What becomes of a
 * request by one call, its consent, its code and its ledger entries, is one transaction, and each request takes one decision.
 */
@ApplicationScoped
public class Interactions {

    /** Where a request's page is. */
    static final String PAGE = "/consent/";

    private final PushedRequests requests;
    private final Approvals approvals;
    private final Decisions decisions;
    private final FirstOpening opening;
    private final SignInDemand demand;

    Interactions(
            PushedRequests requests,
            Approvals approvals,
            Decisions decisions,
            FirstOpening opening,
            SignInDemand demand) {
        this.requests = requests;
        this.approvals = approvals;
        this.decisions = decisions;
        this.opening = opening;
        this.demand = demand;
    }

    /**
     * Takes a request as whoever has come finds it. One that cannot be decided, since no page may be shown, the sign-in fell
     * short or there is nothing left to amend, ends here and leaves no entry; one that may be is put before them, on record and
     * theirs from now on. Of two that come at once the second waits, and finds what the first did.
     *
     * @param next goes on from the state that it is in, in the same transaction, which it must not keep waiting
     */
    @Transactional
    public <T> T take(InteractionId id, Optional<Session> session, Function<RequestState, T> next) {
        return next.apply(requests.finished(id)
                .or(() -> requests.lockAny(id))
                .map(request -> request.finishedAt == null ? open(request, session) : closed(request, session))
                .orElseGet(() -> gone(session)));
    }

    private RequestState open(RequestRow request, Optional<Session> session) {
        return switch (demand.judge(request, session)) {
            case Verdict.Met met
            when !request.silent ->
                opening.record(request)
                        ? approvals.present(request, session.orElseThrow())
                        : end(request, "access_denied", AmendmentDecisions.VOID);
            // Whatever their sign-in is worth, it is not theirs to end.
            case Verdict ends
            when session.filter(who -> approvals.isBeforeAnother(request, who)).isPresent() -> new Anothers();
            case Verdict.Met met -> end(request, "consent_required", "Every request is put before the person.");
            case Verdict notMet
            when request.silent -> end(request, "login_required", "Nobody is signed in as the request demands.");
            case Verdict.SignInFirst first -> {
                requests.askToSignIn(request);
                yield new SignInFirst();
            }
            case Verdict.Unmet(String error, String description) -> end(request, error, description);
        };
    }

    private RequestState end(RequestRow request, String error, String description) {
        return new Returned(decisions.end(request, error, description));
    }

    /** A closed request that nobody decided on sends everybody back in the same way. */
    private RequestState closed(RequestRow request, Optional<Session> session) {
        return request.decision == null
                ? decisions.failure(request).<RequestState>map(Returned::new).orElseGet(() -> gone(session))
                : session.<RequestState>map(who -> approvals.decided(request, who))
                        .orElseGet(SignInFirst::new);
    }

    private static RequestState gone(Optional<Session> session) {
        return session.isEmpty() ? new SignInFirst() : new Gone();
    }

    /** The request that somebody signs in for, if they go to its page afterwards; looking at it binds nobody. */
    @Transactional
    public Optional<Interaction> behind(ReturnTo then) {
        return then.path().startsWith(PAGE)
                ? parse(then.path().substring(PAGE.length()))
                        .flatMap(requests::find)
                        .map(approvals::interaction)
                : Optional.empty();
    }

    private static Optional<InteractionId> parse(String text) {
        try {
            return Optional.of(InteractionId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The request that a client's {@code request_uri} stands for, if it would be opened at the authorization endpoint now, or is closed. */
    @Transactional
    public Optional<Interaction> behind(ClientId client, String requestUri) {
        return requests.open(client.value(), requestUri)
                .or(() -> requests.closed(client.value(), requestUri))
                .flatMap(requests::recall)
                .map(approvals::interaction);
    }
}

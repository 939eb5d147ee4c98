package io.consentry.authorization;

import io.consentry.authorization.RequestState.Answer;
import io.consentry.authorization.RequestState.Repeated;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.person.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What becomes of a locked request, once: it is approved, refused, or ends without a decision; and who may hear it again. Whoever
 * decided, in the same session and in the same way, gets the same answer for as long as it is good, so that an answer that was
 * lost strands nobody. Everybody else learns nothing, and nothing is decided twice.
 */
@ApplicationScoped
class Decisions {

    private final PushedRequests requests;
    private final AuthorizationCodes codes;
    private final Redirects redirects;

    Decisions(PushedRequests requests, AuthorizationCodes codes, Redirects redirects) {
        this.requests = requests;
        this.codes = codes;
        this.redirects = redirects;
    }

    /** Closes it with a code, in the transaction that grants. */
    @Transactional(Transactional.TxType.MANDATORY)
    URI approve(RequestRow request, Session person, Set<AttributeName> declined) {
        codes.issue(request, person);
        request.decide(DecisionKind.APPROVED, person);
        request.declined = RequestRow.texts(declined);
        requests.finish(request);
        return withCode(request);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    URI refuse(RequestRow request, Session person) {
        request.decide(DecisionKind.REFUSED, person);
        return end(request, "access_denied", "The person did not approve.");
    }

    /** Closes it without anybody's decision, or with a refusal. */
    @Transactional(Transactional.TxType.MANDATORY)
    URI end(RequestRow request, String error, String description) {
        request.error = error;
        request.errorDescription = description;
        requests.finish(request);
        return failure(request).orElseThrow();
    }

    /** What a decided request answers to whoever sends the same decision again, and that it is another where it is. */
    @Transactional(Transactional.TxType.MANDATORY)
    Repeated again(RequestRow closed, Session person, Answer answer) {
        if (!isBy(closed, person)) {
            return new Repeated.Anothers();
        }
        return Optional.of(closed)
                .filter(request -> isSame(request, answer))
                .flatMap(request -> failure(request).or(() -> withLiveCode(request)))
                .<Repeated>map(Repeated.Same::new)
                .orElseGet(() -> new Repeated.Other(
                        Fault.of(FaultCode.ALREADY_DECIDED, "Nothing more was granted, and nothing was taken back.")
                                .expecting("the decision that stands: " + standing(closed), answer(answer))
                                .suggesting("Begin once more at the organisation that asked.")));
    }

    /** Where whoever approved goes when they come back, while the client has not used the code; empty for everybody else. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<URI> onward(RequestRow closed, Session person) {
        return isBy(closed, person) ? withLiveCode(closed) : Optional.empty();
    }

    /** Where a page on a decided request leads to the client, without a code: that was there before, or its time is over. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<URI> wayBack(RequestRow closed) {
        return failure(closed)
                .or(() -> closed.was(DecisionKind.APPROVED)
                        ? Optional.of(redirects.failure(
                                closed,
                                "access_denied",
                                "It was approved before. Its code is used, or was not fetched in time."))
                        : Optional.empty());
    }

    /** What the client was told instead of a code. */
    Optional<URI> failure(RequestRow request) {
        return Optional.ofNullable(request.error)
                .map(error -> redirects.failure(request, error, String.valueOf(request.errorDescription)));
    }

    private URI withCode(RequestRow request) {
        return redirects.success(request, codes.of(request));
    }

    private Optional<URI> withLiveCode(RequestRow request) {
        return request.was(DecisionKind.APPROVED) && codes.isLive(codes.of(request))
                ? Optional.of(withCode(request))
                : Optional.empty();
    }

    private static boolean isBy(RequestRow request, Session person) {
        return person.id().equals(request.decidedBy);
    }

    private static boolean isSame(RequestRow request, Answer answer) {
        return switch (answer) {
            case Answer.Approve(Set<AttributeName> declined) ->
                request.was(DecisionKind.APPROVED) && declined.equals(RequestRow.names(request.declined));
            case Answer.Refuse refusal -> request.was(DecisionKind.REFUSED);
        };
    }

    /** Told only in full by the sandbox, like all that was expected. */
    private static String standing(RequestRow request) {
        return request.decision + without(RequestRow.names(request.declined));
    }

    private static String answer(Answer answer) {
        return switch (answer) {
            case Answer.Approve(Set<AttributeName> declined) -> DecisionKind.APPROVED.column() + without(declined);
            case Answer.Refuse refusal -> DecisionKind.REFUSED.column();
        };
    }

    private static String without(Set<AttributeName> declined) {
        return declined.isEmpty()
                ? ""
                : new TreeSet<>(declined)
                        .stream().map(AttributeName::value).collect(Collectors.joining(", ", " without ", ""));
    }
}

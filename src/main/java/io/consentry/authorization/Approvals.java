package io.consentry.authorization;

import io.consentry.authorization.RequestState.Anothers;
import io.consentry.authorization.RequestState.Approved;
import io.consentry.authorization.RequestState.Decided;
import io.consentry.authorization.RequestState.Gone;
import io.consentry.authorization.RequestState.Presented;
import io.consentry.authorization.RequestState.Returned;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.Amendment;
import io.consentry.consent.AmendmentId;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.consent.Transition;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.person.Session;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Puts a locked request before a person and takes their decision, for a new grant or to amend one of theirs: all in one transaction. */
@ApplicationScoped
class Approvals {

    private final Consents consents;
    private final AmendmentDecisions amendments;
    private final Catalogue catalogue;
    private final Decisions decisions;
    private final ClientWords words;

    Approvals(
            Consents consents,
            AmendmentDecisions amendments,
            Catalogue catalogue,
            Decisions decisions,
            ClientWords words) {
        this.consents = consents;
        this.amendments = amendments;
        this.catalogue = catalogue;
        this.decisions = decisions;
        this.words = words;
    }

    /** From now on it is theirs to answer. A change of a grant that cannot be decided any more, or not by them, ends here. */
    RequestState present(RequestRow request, Session person) {
        Optional<AmendmentId> amendment = AmendmentDecisions.of(request);
        return amendment.isPresent()
                ? present(request, person, amendment.get())
                : switch (consents.present(new GrantId(request.grantId), person.person())) {
                    case Transition.Made<Consent, Consent.Presented>(Consent.Presented now) ->
                        new Presented(this, request, person, now.terms());
                    case Transition.Already<Consent, Consent.Presented>(Consent.Presented now) ->
                        new Presented(this, request, person, now.terms());
                    case Transition.NotPart<Consent, Consent.Presented> none -> throw impossible(none);
                    case Transition.NotPossible<Consent, Consent.Presented> other -> new Gone();
                    case Transition.NotFound<Consent, Consent.Presented> nothing -> new Anothers();
                };
    }

    /** Whether a request for a new grant was put before somebody else. It stays theirs, so that its own lock is enough to ask. */
    boolean isBeforeAnother(RequestRow request, Session person) {
        return request.recordedAt != null
                && request.amendmentId == null
                && consents.find(new GrantId(request.grantId))
                        .filter(Consent.Presented.class::isInstance)
                        .map(Consent.Presented.class::cast)
                        .filter(presented -> !presented.person().equals(person.person()))
                        .isPresent();
    }

    private RequestState present(RequestRow request, Session person, AmendmentId amendment) {
        return switch (amendments.present(amendment, person.person())) {
            case Transition.Made<Amendment, Amendment.Presented>(Amendment.Presented now) ->
                new Presented(this, request, person, now.ask().terms());
            case Transition.NotPossible<Amendment, Amendment.Presented>(Amendment now) ->
                new Returned(end(request, now));
            case Transition.Already<Amendment, Amendment.Presented>(Amendment.Presented now) ->
                new Presented(this, request, person, now.ask().terms());
            case Transition.NotPart<Amendment, Amendment.Presented> none -> throw impossible(none);
            case Transition.NotFound<Amendment, Amendment.Presented> nothing -> new Gone();
        };
    }

    /** A decided request, for somebody who has come to decide on it. */
    RequestState decided(RequestRow request, Session person) {
        return new Decided(
                decisions,
                request,
                person,
                amendments
                        .find(request)
                        .<Set<AttributeName>>map(it -> it.ask().terms().optional())
                        .orElseGet(() -> RequestRow.names(request.optional)));
    }

    Interaction interaction(RequestRow request) {
        return Interaction.of(request, words.of(request), amendments.view(request));
    }

    Approved approve(Presented presented, Set<AttributeName> declined, Shown shown) {
        RequestRow request = presented.request();
        PersonId person = presented.person().person();
        Transition<?, ?> approved = AmendmentDecisions.of(request)
                .<Transition<?, ?>>map(amendment -> amendments.approve(amendment, person, declined, shown))
                .orElseGet(() -> consents.grant(
                        presented.terms().grantId(),
                        person,
                        new Consents.Approval(declined, accessPeriod(presented.terms()), shown)));
        return switch (approved) {
            case Transition.Made<?, ?> made ->
                new Approved.GoTo(decisions.approve(request, presented.person(), declined));
            case Transition.NotPart<?, ?> required ->
                new Approved.NotOptional(
                        Fault.of(FaultCode.NOT_OPTIONAL, "Approve all that is required, or refuse the request.")
                                .expecting("optional attributes only", declined.toString()));
            case Transition.NotPossible<?, ?>(Amendment now) -> new Approved.GoTo(end(request, now));
            case Transition.NotPossible<?, ?> over -> throw tooLate();
            case Transition.NotFound<?, ?> nothing -> throw tooLate();
            case Transition.Already<?, ?> before -> throw tooLate();
        };
    }

    URI refuse(Presented presented) {
        PersonId person = presented.person().person();
        AmendmentDecisions.of(presented.request())
                .ifPresentOrElse(
                        amendment -> requireMade(amendments.refuse(amendment, person)),
                        () -> requireMade(consents.refuse(presented.terms().grantId(), person)));
        return decisions.refuse(presented.request(), presented.person());
    }

    /** A void amendment is an answer too: what was found under the lock is committed, and the client told. */
    private URI end(RequestRow request, Amendment now) {
        return decisions.end(request, "access_denied", AmendmentDecisions.why(now));
    }

    /** As long as the purpose allowed on the day of the request, which is what the person was shown. */
    private Duration accessPeriod(Terms terms) {
        return catalogue.purpose(terms.purpose()).map(Purpose::accessPeriod).orElseThrow();
    }

    private static void requireMade(Transition<?, ?> refused) {
        if (!(refused instanceof Transition.Made)) {
            throw tooLate();
        }
    }

    /** It was presented in this very transaction, so that only its time can have gone by in between. */
    private static RuntimeException tooLate() {
        return Fault.of(FaultCode.INTERACTION_NOT_FOUND, "Its time is over. Nothing more was granted.")
                .suggesting("Begin once more at the organisation that asked.")
                .raise();
    }

    private static RuntimeException impossible(Transition.NotPart<?, ?> part) {
        return new IllegalStateException("nothing is named when a request is shown: " + part);
    }
}

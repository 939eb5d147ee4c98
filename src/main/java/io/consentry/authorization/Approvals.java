package io.consentry.authorization;

import io.consentry.authorization.RequestState.Anothers;
import io.consentry.authorization.RequestState.Approved;
import io.consentry.authorization.RequestState.Decided;
import io.consentry.authorization.RequestState.Gone;
import io.consentry.authorization.RequestState.Returned;
import io.consentry.authorization.RequestState.ToDecide;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.Amendment;
import io.consentry.consent.AmendmentId;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.OpenDecision;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.consent.Transition;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.person.Session;
import io.consentry.witness.WitnessedAge;
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
    private final WitnessedAge witnessed;

    Approvals(
            Consents consents,
            AmendmentDecisions amendments,
            Catalogue catalogue,
            Decisions decisions,
            ClientWords words,
            WitnessedAge witnessed) {
        this.consents = consents;
        this.amendments = amendments;
        this.catalogue = catalogue;
        this.decisions = decisions;
        this.words = words;
        this.witnessed = witnessed;
    }

    /** From now on it is theirs to answer. A change of a grant that cannot be decided any more, or not by them, ends here. */
    RequestState present(RequestRow request, Session person) {
        Optional<AmendmentId> amendment = AmendmentDecisions.of(request);
        var grant = new GrantId(request.grantId);
        Transition<?, OpenDecision> presented = amendment.isPresent()
                ? amendments.present(grant, amendment.get(), person.person())
                : consents.present(grant, person.person());
        return switch (presented) {
            case Transition.Made<?, OpenDecision>(OpenDecision open) -> new ToDecide(this, request, person, open);
            case Transition.Already<?, OpenDecision>(OpenDecision open) -> new ToDecide(this, request, person, open);
            case Transition.NotPossible<?, OpenDecision>(Amendment now) -> new Returned(end(request, now));
            case Transition.NotPossible<?, OpenDecision> over -> new Gone();
            case Transition.NotFound<?, OpenDecision> nothing -> amendment.isPresent() ? new Gone() : new Anothers();
            case Transition.NotPart<?, OpenDecision> none ->
                throw new IllegalStateException("nothing is named when a request is shown: " + none);
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

    Approved approve(ToDecide asked, Set<AttributeName> declined, Shown shown) {
        witnessed.stop().ifPresent(why -> {
            throw why.raise();
        });
        return asked.open()
                .approve(new OpenDecision.Approval(declined, accessPeriod(asked.terms()), shown))
                .<Approved>map(made -> new Approved.GoTo(decisions.approve(asked.request(), asked.person(), declined)))
                .orElseGet(() -> new Approved.NotOptional(
                        Fault.of(FaultCode.NOT_OPTIONAL, "Approve all that is required, or refuse the request.")
                                .expecting("optional attributes only", declined.toString())));
    }

    URI refuse(ToDecide asked) {
        asked.open().refuse();
        return decisions.refuse(asked.request(), asked.person());
    }

    /** A void amendment is an answer too: what was found under the lock is committed, and the client told. */
    private URI end(RequestRow request, Amendment now) {
        return decisions.end(request, "access_denied", AmendmentDecisions.why(now));
    }

    /** As long as the purpose allowed on the day of the request, which is what the person was shown. */
    private Duration accessPeriod(Terms terms) {
        return catalogue.purpose(terms.purpose()).map(Purpose::accessPeriod).orElseThrow();
    }
}

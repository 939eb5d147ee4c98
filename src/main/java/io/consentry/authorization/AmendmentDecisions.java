package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.Amendment;
import io.consentry.consent.AmendmentId;
import io.consentry.consent.AmendmentRequests;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.OpenDecision;
import io.consentry.consent.Transition;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What {@link Approvals} does with requests to amend a grant, in its transactions. */
@ApplicationScoped
class AmendmentDecisions {

    /** Why there is nothing to decide on. */
    static final String VOID = "The grant was changed or has ended meanwhile. It is as it was.";

    private final AmendmentRequests amendments;
    private final Consents consents;
    private final Catalogue catalogue;
    private final InstantSource clock;

    AmendmentDecisions(AmendmentRequests amendments, Consents consents, Catalogue catalogue, InstantSource clock) {
        this.amendments = amendments;
        this.consents = consents;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** The amendment that a request is for; empty when it asks for a new grant. */
    static Optional<AmendmentId> of(RequestRow request) {
        return Optional.ofNullable(request.amendmentId).map(AmendmentId::new);
    }

    /** What it would change, while it is open and the grant stands. */
    Optional<AmendmentView> view(RequestRow request) {
        return find(request)
                .filter(Amendment.Open.class::isInstance)
                .flatMap(open -> consents.find(open.ask().terms().grantId())
                        .filter(Consent.Standing.class::isInstance)
                        .map(Consent.Standing.class::cast)
                        .map(standing -> view(open.ask(), standing)));
    }

    /** The amendment as it stands; empty for other requests. */
    Optional<Amendment> find(RequestRow request) {
        return of(request).flatMap(amendments::find);
    }

    private AmendmentView view(Amendment.Ask ask, Consent.Standing standing) {
        Set<AttributeName> asked = ask.terms().requested();
        Purpose purpose = catalogue.purpose(ask.terms().purpose()).orElseThrow();
        return new AmendmentView(
                less(asked, standing.granted()),
                less(standing.granted(), asked),
                less(asked, less(asked, standing.granted())),
                standing.expiresAt(),
                clock.instant().plus(purpose.accessPeriod()),
                standing instanceof Consent.Paused);
    }

    private static SortedSet<AttributeName> less(Set<AttributeName> all, Set<AttributeName> without) {
        var rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    Transition<Amendment, OpenDecision> present(GrantId grant, AmendmentId id, PersonId person) {
        return amendments.present(grant, id, person);
    }

    /** Why a browser goes back with {@code access_denied}. */
    static String why(Amendment closed) {
        return switch (closed) {
            case Amendment.Overtaken overtaken -> VOID;
            case Amendment.Lapsed lapsed -> "Nobody decided in time. The grant is as it was.";
            case Amendment.Refused refused -> "Not approved by the person whose grant it is. It is as it was.";
            case Amendment.Approved approved -> "It was approved before.";
            case Amendment.Open open -> throw new IllegalStateException("it is not closed");
        };
    }
}

package io.consentry.consent;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.OpenDecision.Approval;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Decisions as a page takes them: put before the person and decided in one transaction. */
@ApplicationScoped
public class DecisionFixture {

    private final Consents consents;
    private final AmendmentRequests amendments;
    private final Catalogue catalogue;

    DecisionFixture(Consents consents, AmendmentRequests amendments, Catalogue catalogue) {
        this.consents = consents;
        this.amendments = amendments;
        this.catalogue = catalogue;
    }

    @Transactional
    public Transition<Consent, Consent.Presented> present(GrantId grant, PersonId person) {
        return after(consents.present(grant, person), open -> now(grant, Consent.Presented.class));
    }

    @Transactional
    public Transition<Consent, Consent.Active> grant(GrantId grant, PersonId person, Approval approval) {
        return after(
                consents.present(grant, person),
                open -> open.approve(approval).flatMap(decision -> now(grant, Consent.Active.class)));
    }

    @Transactional
    public Transition<Consent, Consent.Refused> refuse(GrantId grant, PersonId person) {
        return after(consents.present(grant, person), open -> {
            open.refuse();
            return now(grant, Consent.Refused.class);
        });
    }

    @Transactional
    public Transition<Amendment, Amendment.Presented> present(AmendmentId id, PersonId person) {
        return after(shown(id, person), open -> now(id, Amendment.Presented.class));
    }

    /** For as long as the purpose allows. */
    @Transactional
    public Transition<Amendment, Amendment.Approved> approve(
            AmendmentId id, PersonId person, Set<AttributeName> declined) {
        return after(shown(id, person), open -> {
            Purpose purpose = catalogue.purpose(open.terms().purpose()).orElseThrow();
            return open.approve(new Approval(declined, purpose.accessPeriod(), Shown.NOTHING))
                    .flatMap(decision -> now(id, Amendment.Approved.class));
        });
    }

    @Transactional
    public Transition<Amendment, Amendment.Refused> refuse(AmendmentId id, PersonId person) {
        return after(shown(id, person), open -> {
            open.refuse();
            return now(id, Amendment.Refused.class);
        });
    }

    private Transition<Amendment, OpenDecision> shown(AmendmentId id, PersonId person) {
        return amendments
                .find(id)
                .map(found -> amendments.present(found.ask().terms().grantId(), id, person))
                .orElseGet(Transition.NotFound::new);
    }

    private <T> Optional<T> now(GrantId grant, Class<T> state) {
        return Optional.of(state.cast(consents.find(grant).orElseThrow()));
    }

    private <T> Optional<T> now(AmendmentId id, Class<T> state) {
        return Optional.of(state.cast(amendments.find(id).orElseThrow()));
    }

    private static <F, T> Transition<F, T> after(
            Transition<F, OpenDecision> presented, Function<OpenDecision, Optional<T>> decide) {
        return switch (presented) {
            case Transition.Made<F, OpenDecision>(OpenDecision open) ->
                decide.apply(open)
                        .<Transition<F, T>>map(Transition.Made::new)
                        .orElseGet(() -> new Transition.NotPart<>(Set.of()));
            case Transition.NotPossible<F, OpenDecision>(F now) -> new Transition.NotPossible<>(now);
            case Transition.NotFound<F, OpenDecision> nothing -> new Transition.NotFound<>();
            case Transition.Already<F, OpenDecision> never -> throw new AssertionError(never);
            case Transition.NotPart<F, OpenDecision> never -> throw new AssertionError(never);
        };
    }
}

package io.consentry.release;

import io.consentry.consent.Consent;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.FaultCode;
import io.consentry.ledger.Actor;
import io.consentry.ledger.Draft;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The ledger events of releases: made, refused, aborted. */
@ApplicationScoped
class ReleaseEntries {

    private static final String NOT_ASKED_FOR = "not_asked_for";

    private final Ledger ledger;
    private final RefusalPeriods periods;
    private final InstantSource clock;

    ReleaseEntries(Ledger ledger, RefusalPeriods periods, InstantSource clock) {
        this.ledger = ledger;
        this.periods = periods;
        this.clock = clock;
    }

    /**
     * The entry of a release, ready to be appended when it is committed.
     *
     * @param askedFor what the client had its token narrowed to: the rest was not withheld from it, but left out by itself
     */
    Draft released(Consent.Active consent, PermittedRecord permitted, Optional<Set<AttributeName>> askedFor) {
        return ledger.draft(releasing(consent, permitted, askedFor), consent.person());
    }

    /** The same of a release that is part of an ID token. */
    Draft releasedInIdToken(Consent.Active consent, PermittedRecord permitted) {
        return ledger.draft(releasing(consent, permitted, Optional.empty()).because("in_id_token"), consent.person());
    }

    private LedgerEvent releasing(
            Consent.Active consent, PermittedRecord permitted, Optional<Set<AttributeName>> askedFor) {
        var outcomes = new TreeMap<AttributeName, String>();
        permitted.outcomes().forEach((name, outcome) -> {
            boolean leftOut = outcome == AttributeOutcome.WITHHELD_BY_POLICY
                    && askedFor.filter(some -> !some.contains(name)).isPresent();
            outcomes.put(name, leftOut ? NOT_ASKED_FOR : outcome.wire());
        });
        return event(consent, EventKind.RELEASED, Actor.CLIENT).with(outcomes);
    }

    /** A client tried to use a grant that is not in force: once for each reason in a period, however often it tries. */
    @Transactional
    public void recordRefused(Consent.Given consent, FaultCode why) {
        if (periods.begin(consent.terms().grantId(), why)) {
            ledger.append(ledger.draft(refusal(consent, why), consent.person()));
        }
    }

    /** The same of a grant whose row was changed behind our back: what it says of a person is not believed. */
    @Transactional
    public void recordDamaged(Consent.Damaged consent) {
        if (periods.begin(consent.terms().grantId(), FaultCode.CONSENT_DAMAGED)) {
            ledger.append(ledger.draft(refusal(consent, FaultCode.CONSENT_DAMAGED)));
        }
    }

    private LedgerEvent refusal(Consent consent, FaultCode why) {
        return event(consent, EventKind.RELEASE_REFUSED, Actor.CLIENT).because(why.code());
    }

    /** A committed release did not leave. */
    @Transactional
    public void recordAborted(Consent.Active consent) {
        ledger.append(ledger.draft(
                event(consent, EventKind.RELEASE_ABORTED, Actor.SERVICE).because("not_begun_in_time"),
                consent.person()));
    }

    private LedgerEvent event(Consent consent, EventKind kind, Actor actor) {
        return LedgerEvent.of(
                kind,
                clock.instant(),
                consent.terms().grantId(),
                consent.version(),
                consent.terms().clientId(),
                actor);
    }
}

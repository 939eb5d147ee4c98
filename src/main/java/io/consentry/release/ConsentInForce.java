package io.consentry.release;

import io.consentry.catalogue.Catalogue;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.token.PresentedToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Finds the consent behind a token, and refuses, on the record, when it is not in force: a token is good for what stands behind
 * it, and the refusal is one of RFC 6750 §3.1 (FAPI 2.0 §5.3.4-4).
 */
@ApplicationScoped
class ConsentInForce {

    private static final Logger LOG = Logger.getLogger(ConsentInForce.class);

    private final Consents consents;
    private final Catalogue catalogue;
    private final ReleaseEntries entries;
    private final InstantSource clock;

    ConsentInForce(Consents consents, Catalogue catalogue, ReleaseEntries entries, InstantSource clock) {
        this.consents = consents;
        this.catalogue = catalogue;
        this.entries = entries;
        this.clock = clock;
    }

    Consent.Active require(PresentedToken token) {
        Consent consent =
                consents.find(token.grantId()).orElseThrow(() -> nothing().raise());
        isOfTheTokensClient(consent, token);
        return switch (consent) {
            case Consent.Standing given
            when given.hasExpired(clock.instant()) -> {
                consents.settle(token.grantId());
                throw refuse(given, expired());
            }
            case Consent.Active active -> {
                allowsItsPurpose(active);
                yield active;
            }
            case Consent.Paused paused ->
                throw refuse(
                        paused,
                        Fault.of(FaultCode.CONSENT_PAUSED, "Nothing is released until the person resumes it.")
                                .suggesting("Try again later, or ask the person."));
            case Consent.Ended ended -> throw refuse(ended, over(ended));
            case Consent.Damaged damaged -> {
                entries.recordDamaged(damaged);
                throw Fault.of(FaultCode.CONSENT_DAMAGED, "Nothing is released under this grant.")
                        .raise();
            }
            case Consent.Requested open -> throw nothing().raise();
            case Consent.Presented open -> throw nothing().raise();
            case Consent.Refused ended -> throw nothing().raise();
            case Consent.Lapsed ended -> throw nothing().raise();
        };
    }

    /** Tokens carry no seal: one that was pointed at another client's grant opens nothing, and no entry says that it did. */
    private static void isOfTheTokensClient(Consent consent, PresentedToken token) {
        ClientId owner = consent.terms().clientId();
        if (!(consent instanceof Consent.Damaged)
                && !owner.equals(token.client().id())) {
            LOG.errorf(
                    "A token of client %s was made to lead to a grant of client %s",
                    token.client().id(), owner);
            throw nothing().raise();
        }
    }

    /** The grant's limit for this period is reached, as was found under its lock. */
    RuntimeException refuseTooOften(Consent.Active consent, Duration wait) {
        return refuse(
                consent,
                Fault.of(FaultCode.RELEASE_TOO_OFTEN, "Nothing more is released before the next period begins.")
                        .expecting(
                                "a release within the limits of "
                                        + consent.terms().purpose(),
                                null)
                        .retryingAfter(wait));
    }

    private void allowsItsPurpose(Consent.Active consent) {
        if (catalogue.purpose(consent.terms().purpose().code()).isEmpty()) {
            throw refuse(
                    consent, Fault.of(FaultCode.CONSENT_NOT_IN_FORCE, "Nobody may ask for this purpose any more."));
        }
    }

    private RuntimeException refuse(Consent.Given consent, Fault fault) {
        entries.recordRefused(consent, fault.code());
        return fault.raise();
    }

    private static Fault over(Consent.Ended ended) {
        return switch (ended.ending()) {
            case WITHDRAWN ->
                Fault.of(FaultCode.CONSENT_WITHDRAWN, "Nothing more is released under this grant.")
                        .suggesting("Ask the person again, or let them fill in the form by hand.");
            case EXPIRED -> expired();
            case EXHAUSTED ->
                Fault.of(FaultCode.CONSENT_USED_UP, "Nothing more is released under this grant.")
                        .suggesting("Ask the person again.");
            case REVOKED, RELINQUISHED, INVALIDATED ->
                Fault.of(FaultCode.CONSENT_ENDED, "Nothing more is released under this grant.")
                        .expecting("a grant in force", ended.state());
        };
    }

    private static Fault expired() {
        return Fault.of(FaultCode.CONSENT_EXPIRED, "Its access period is over.").suggesting("Ask the person again.");
    }

    private static Fault nothing() {
        return Fault.of(FaultCode.CONSENT_NOT_IN_FORCE, "The person has not approved.");
    }
}

package io.consentry.release;

import io.consentry.catalogue.Catalogue;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.NationalId;
import io.consentry.person.Persons;
import io.consentry.witness.WitnessedAge;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds the consent that a release is to be made under, and puts it on record when there is none in force: a token is good for
 * what stands behind it, and the refusal is one of RFC 6750 §3.1 (FAPI 2.0 §5.3.4-4).
 */
@ApplicationScoped
class ConsentInForce {

    private static final Logger LOG = Logger.getLogger(ConsentInForce.class);

    private final Consents consents;
    private final Persons persons;
    private final Catalogue catalogue;
    private final ReleaseEntries entries;
    private final InstantSource clock;
    private final WitnessedAge witnessed;

    ConsentInForce(
            Consents consents,
            Persons persons,
            Catalogue catalogue,
            ReleaseEntries entries,
            InstantSource clock,
            WitnessedAge witnessed) {
        this.consents = consents;
        this.persons = persons;
        this.catalogue = catalogue;
        this.entries = entries;
        this.clock = clock;
        this.witnessed = witnessed;
    }

    /** How a grant stands to its client who wants something released now. */
    sealed interface Found {

        /** It is in force, and this is whom it is about. */
        record InForce(Consent.Active consent, NationalId person) implements Found {}

        /** Not now. */
        record NotNow(Fault why) implements Found {}

        /** Not any more, or never. */
        record Over(Fault why) implements Found {}
    }

    Found find(Recipient recipient) {
        return consents.find(recipient.grant())
                .filter(consent -> isOfTheClient(consent, recipient))
                .map(this::judge)
                .orElseGet(ConsentInForce::nothing);
    }

    private Found judge(Consent consent) {
        return switch (consent) {
            case Consent.Standing given
            when given.hasExpired(clock.instant()) -> {
                consents.settle(given.terms().grantId());
                yield over(given, expired());
            }
            case Consent.Active active -> inForce(active);
            case Consent.Paused paused -> paused(paused);
            case Consent.Ended ended -> over(ended, ending(ended));
            case Consent.Damaged damaged -> {
                entries.recordDamaged(damaged);
                yield new Found.Over(Fault.of(FaultCode.CONSENT_DAMAGED, "Nothing is released under this grant."));
            }
            case Consent.Requested open -> nothing();
            case Consent.Presented open -> nothing();
            case Consent.Refused ended -> nothing();
            case Consent.Lapsed ended -> nothing();
        };
    }

    /** Tokens carry no seal: one that was pointed at another client's grant opens nothing, and no entry says that it did. */
    private static boolean isOfTheClient(Consent consent, Recipient recipient) {
        ClientId owner = consent.terms().clientId();
        boolean its = consent instanceof Consent.Damaged
                || owner.equals(recipient.client().id());
        if (!its) {
            LOG.errorf(
                    "A token of client %s was made to lead to a grant of client %s",
                    recipient.client().id(), owner);
        }
        return its;
    }

    private Found inForce(Consent.Active active) {
        Optional<Fault> stop = witnessed.stop();
        if (stop.isPresent()) {
            return new Found.NotNow(stop.get());
        }
        if (catalogue.purpose(active.terms().purpose().code()).isEmpty()) {
            return over(active, Fault.of(FaultCode.CONSENT_NOT_IN_FORCE, "Nobody may ask for this purpose any more."));
        }
        return persons.nationalId(active.person())
                .<Found>map(person -> new Found.InForce(active, person))
                .orElseGet(() ->
                        new Found.Over(Fault.of(FaultCode.CONSENT_NOT_IN_FORCE, "The person's records were erased.")));
    }

    private Found paused(Consent.Paused paused) {
        entries.recordRefused(paused, FaultCode.CONSENT_PAUSED);
        return new Found.NotNow(Fault.of(FaultCode.CONSENT_PAUSED, "Nothing is released until the person resumes it.")
                .suggesting("Try again later, or ask the person."));
    }

    private Found over(Consent.Given consent, Fault why) {
        entries.recordRefused(consent, why.code());
        return new Found.Over(why);
    }

    private static Found nothing() {
        return new Found.Over(Fault.of(FaultCode.CONSENT_NOT_IN_FORCE, "The person has not approved."));
    }

    /** The grant's limit for this period is reached, as was found under its lock. */
    Fault refuseTooOften(Consent.Active consent, Duration wait) {
        entries.recordRefused(consent, FaultCode.RELEASE_TOO_OFTEN);
        return Fault.of(FaultCode.RELEASE_TOO_OFTEN, "Nothing more is released before the next period begins.")
                .expecting("a release within the limits of " + consent.terms().purpose(), null)
                .retryingAfter(wait);
    }

    private static Fault ending(Consent.Ended ended) {
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
                        .expecting("a grant in force", ended.status().wire());
        };
    }

    private static Fault expired() {
        return Fault.of(FaultCode.CONSENT_EXPIRED, "Its access period is over.").suggesting("Ask the person again.");
    }
}

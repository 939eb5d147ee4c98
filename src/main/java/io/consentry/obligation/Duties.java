package io.consentry.obligation;

import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.OwnConsent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a client owes after a grant has ended, as those who keep account of it have it. */
@ApplicationScoped
public class Duties {

    private final Consents consents;
    private final Obligations obligations;

    Duties(Consents consents, Obligations obligations) {
        this.consents = consents;
        this.obligations = obligations;
    }

    /** To delete by a day. */
    public record Duty(
            Instant dueAt,
            ObligationState state,
            Optional<Instant> attestedAt,
            Optional<Instant> deletedAt,
            Optional<RetentionGround> kept) {

        static Duty of(Obligation obligation) {
            Optional<Attestation> attestation =
                    obligation instanceof Obligation.Met met ? Optional.of(met.attestation()) : Optional.empty();
            return new Duty(
                    obligation.owed().dueAt(),
                    obligation.state(),
                    attestation.map(Attestation::attestedAt),
                    attestation.map(Attestation::deletedAt),
                    attestation.flatMap(Attestation::kept));
        }
    }

    /** Of the person's own consent; one whose time is up ends here, if nobody has noticed it yet. */
    public List<Duty> of(OwnConsent own) {
        if (own.held().consent() instanceof Consent.Standing
                && own.held().status() != own.held().consent().status()) {
            consents.settle(own.grant());
        }
        return obligations.of(own.grant()).map(Duty::of).stream().toList();
    }
}

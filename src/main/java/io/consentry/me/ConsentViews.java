package io.consentry.me;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Limits;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consents;
import io.consentry.consent.EndReasons;
import io.consentry.consent.HeldConsent;
import io.consentry.consent.Reason;
import io.consentry.consent.StatusDetails;
import io.consentry.consent.Terms;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** Puts a person's consents into the words of the API. */
@ApplicationScoped
class ConsentViews {

    private final Consents consents;
    private final Catalogue catalogue;
    private final EndReasons reasons;
    private final Clients clients;
    private final InstantSource clock;

    ConsentViews(Consents consents, Catalogue catalogue, EndReasons reasons, Clients clients, InstantSource clock) {
        this.consents = consents;
        this.catalogue = catalogue;
        this.reasons = reasons;
        this.clients = clients;
        this.clock = clock;
    }

    List<ConsentView> of(PersonId person) {
        return consents.of(person).stream().map(held -> of(person, held)).toList();
    }

    ConsentView of(PersonId person, HeldConsent held) {
        Terms terms = held.consent().terms();
        StatusDetails details = StatusDetails.of(held.consent(), clock.instant());
        return new ConsentView(
                terms.grantId(),
                terms.clientId(),
                clients.find(terms.clientId())
                        .map(RegisteredClient::name)
                        .orElse(terms.clientId().value()),
                terms.purpose().code(),
                terms.purpose().version(),
                held.status().wire(),
                details.attributes(),
                details.declined(),
                details.grantedAt(),
                details.expiresAt(),
                details.pausedAt(),
                details.endedAt(),
                details.endedBy(),
                reasons.of(person, held).map(Reason::code).orElse(null),
                details.recordId(),
                details.generation(),
                ConsentView.LimitsView.of(limits(terms)),
                held.lastReleaseAt().orElse(null),
                held.releaseCount());
    }

    /** None for a row that somebody changed to a purpose that never was: it is shown as damaged, and releases nothing. */
    private Limits limits(Terms terms) {
        return catalogue
                .purpose(terms.purpose())
                .map(purpose -> purpose.access().limits())
                .orElse(Limits.NONE);
    }
}

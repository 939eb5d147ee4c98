package io.consentry.resident;

import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.HeldConsent;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a person's consents into the words of the API. */
@ApplicationScoped
class ConsentViews {

    private final Consents consents;
    private final Clients clients;

    ConsentViews(Consents consents, Clients clients) {
        this.consents = consents;
        this.clients = clients;
    }

    List<ConsentView> of(PersonId person) {
        return consents.of(person).stream().map(this::view).toList();
    }

    private record Times(
            Set<AttributeName> attributes,
            @Nullable Instant grantedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant endedAt) {}

    private ConsentView view(HeldConsent held) {
        Terms terms = held.consent().terms();
        Times times = times(held.consent());
        return new ConsentView(
                terms.grantId(),
                terms.clientId(),
                clients.find(terms.clientId())
                        .map(RegisteredClient::name)
                        .orElse(terms.clientId().value()),
                terms.purpose().code(),
                held.status(),
                times.attributes(),
                times.grantedAt(),
                times.expiresAt(),
                times.endedAt(),
                held.lastReleaseAt().orElse(null),
                held.releaseCount());
    }

    private static Times times(Consent consent) {
        return switch (consent) {
            case Consent.Ended it -> new Times(it.granted(), it.grantedAt(), it.expiresAt(), it.endedAt());
            case Consent.Given it -> new Times(it.granted(), it.grantedAt(), it.expiresAt(), null);
            case Consent.Damaged it -> new Times(it.terms().requested(), null, null, null);
            case Consent.Refused it -> new Times(it.terms().requested(), null, null, it.refusedAt());
            case Consent.Lapsed it -> new Times(it.terms().requested(), null, null, it.lapsedAt());
            case Consent.Requested it -> new Times(it.terms().requested(), null, null, null);
            case Consent.Presented it -> new Times(it.terms().requested(), null, null, null);
        };
    }
}

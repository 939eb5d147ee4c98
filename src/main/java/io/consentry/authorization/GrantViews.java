package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.Consent;
import io.consentry.consent.HeldConsent;
import io.consentry.kernel.AttributeName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells a client how its grant stands. */
@ApplicationScoped
class GrantViews {

    private final Catalogue catalogue;
    private final InstantSource clock;

    GrantViews(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    GrantView of(Consent consent) {
        String status = HeldConsent.of(consent, clock.instant()).status().wire();
        Optional<Consent.Given> given = consent instanceof Consent.Given sound ? Optional.of(sound) : Optional.empty();
        Optional<Purpose> purpose =
                given.flatMap(sound -> catalogue.purpose(sound.terms().purpose()));
        return new GrantView(
                consent.terms().grantId(),
                status,
                given.map(Consent.Given::granted).stream()
                        .map(granted ->
                                granted.stream().map(AttributeName::value).collect(Collectors.joining(" ")))
                        .map(GrantView.Scope::new)
                        .toList(),
                consent.terms().purpose().code(),
                consent.terms().purpose().version(),
                given.map(sound -> sound.decision().generation()),
                given.map(sound -> sound.decision().firstDecidedAt()),
                given.map(GrantViews::lastUpdated),
                given.map(Consent.Given::expiresAt),
                consent instanceof Consent.Ended ended ? Optional.of(ended.endedAt()) : Optional.empty(),
                given.map(sound -> sound.usage().releases()),
                given.flatMap(sound -> sound.usage().lastReleaseAt()),
                purpose.map(template -> GrantView.Allowance.of(template.access().limits())));
    }

    /** When it last changed its state or what it covers; of one that goes on after a pause, when it was decided on. */
    private static Instant lastUpdated(Consent.Given consent) {
        return switch (consent) {
            case Consent.Ended ended -> ended.endedAt();
            case Consent.Paused paused -> paused.pausedAt();
            case Consent.Active active -> active.grantedAt();
        };
    }
}

package io.consentry.consent;

import java.time.Instant;
import java.util.Optional;

/**
 * A consent as its person sees it.
 *
 * @param status the state, with expiry judged at the moment of reading
 */
public record HeldConsent(Consent consent, Status status) {

    public static HeldConsent of(Consent consent, Instant now) {
        return new HeldConsent(consent, status(consent, now));
    }

    /** What was done under it; nothing for one that was never given. */
    public Usage usage() {
        return consent instanceof Consent.Given given ? given.usage() : Usage.NONE;
    }

    public Optional<Instant> lastReleaseAt() {
        return usage().lastReleaseAt();
    }

    public long releaseCount() {
        return usage().releases();
    }

    private static Status status(Consent consent, Instant now) {
        return switch (consent) {
            case Consent.Standing standing when standing.hasExpired(now) -> Status.EXPIRED;
            case Consent.Undecided undecided when undecided.hasLapsed(now) -> Status.LAPSED;
            default -> consent.status();
        };
    }
}

package io.consentry.consent;

import java.time.Instant;
import java.util.Optional;

/**
 * A consent with what was done under it, as its person sees it.
 *
 * @param status the state, with expiry judged at the moment of reading
 */
public record HeldConsent(Consent consent, String status, Optional<Instant> lastReleaseAt, long releaseCount) {

    static HeldConsent of(ConsentRow row, Instant now) {
        Consent consent = ConsentMapping.toConsent(row);
        return new HeldConsent(consent, status(consent, now), Optional.ofNullable(row.lastReleaseAt), row.releaseCount);
    }

    private static String status(Consent consent, Instant now) {
        return switch (consent) {
            case Consent.Granted granted when granted.hasExpired(now) -> "expired";
            case Consent.Undecided undecided when undecided.hasLapsed(now) -> "lapsed";
            default -> consent.state();
        };
    }
}

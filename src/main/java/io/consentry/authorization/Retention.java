package io.consentry.authorization;

import io.consentry.kernel.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What goes of requests and codes, and when. */
@Singleton
class Retention {

    @Produces
    @Singleton
    Sweep unopened() {
        return Sweep.past(
                "authorization_request",
                "expires_at",
                "purpose is not null and recorded_at is null and sign_in_asked_at is null and finished_at is null",
                Duration.ofMinutes(5),
                "nobody came for it, and whoever can push must not fill the disk");
    }

    @Produces
    @Singleton
    Sweep requests() {
        return Sweep.past(
                "authorization_request",
                "decide_by",
                Duration.ofHours(1),
                "whoever comes back to it is told what became of it");
    }

    /** As long as an access token can live, and longer: so long a second use can still revoke something. */
    @Produces
    @Singleton
    Sweep codes() {
        return Sweep.past(
                "authorization_code",
                "expires_at",
                Duration.ofHours(1),
                "a second use is noticed, and revokes what it gave");
    }
}

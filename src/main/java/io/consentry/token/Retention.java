package io.consentry.token;

import io.consentry.kernel.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What goes of tokens and used {@code jti}s, and when. */
@Singleton
class Retention {

    private static final Duration A_DAY = Duration.ofDays(1);

    @Produces
    @Singleton
    Sweep accessTokens() {
        return Sweep.past("access_token", "expires_at", A_DAY, "its client is told that it expired");
    }

    @Produces
    @Singleton
    Sweep clientTokens() {
        return Sweep.past("client_token", "expires_at", A_DAY, "its client is told that it expired");
    }

    /** What a revocation is about has expired by then anyway. */
    @Produces
    @Singleton
    Sweep revokedTokens() {
        return Sweep.byOwner(
                "revoked_token",
                "forget_revoked_tokens",
                Duration.ofHours(1),
                "a row that was put back stays shut, for as long as it could open anything");
    }

    /**
     * They have no end of their own but their grant's, which an amendment may put off: so each is looked at again when its grant was
     * to end, and not all of them with their grants every time. A grant that ended sooner waits for that day.
     */
    @Produces
    @Singleton
    Sweep refreshTokens() {
        return new Sweep("refresh_token", A_DAY, "it leads nowhere once its grant has ended", """
                with due as (
                    select token_hash, consent_stands_until(grant_id) as stands_until from refresh_token where look_at < :before
                    order by look_at limit :batch for update skip locked),
                standing as (
                    update refresh_token set look_at = consent_stands_until(grant_id) where token_hash = any (array(
                        select token_hash from due where stands_until >= :before))),
                gone as (
                    delete from refresh_token where token_hash = any (array(
                        select token_hash from due where (stands_until >= :before) is not true)))
                select count(*) from due""");
    }

    /** For longer than any node could take one once more, one too that has not seen the clock for a while. */
    @Produces
    @Singleton
    Sweep jtis() {
        return Sweep.past(
                "used_jti", "expires_at", Duration.ofMinutes(15), "until then it is refused when it comes again");
    }
}

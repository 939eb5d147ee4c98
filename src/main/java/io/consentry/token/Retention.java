package io.consentry.token;

import static io.consentry.schema.AccessTokenTable.ACCESS_TOKEN;
import static io.consentry.schema.ClientTokenTable.CLIENT_TOKEN;
import static io.consentry.schema.RefreshTokenTable.REFRESH_TOKEN;
import static io.consentry.schema.RevokedTokenTable.REVOKED_TOKEN;
import static io.consentry.schema.Routines.consentStandsUntil;
import static io.consentry.schema.Routines.forgetRevokedTokens;
import static io.consentry.schema.UsedJtiTable.USED_JTI;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.update;
import static org.jooq.impl.DSL.with;

import io.consentry.database.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.ResultQuery;

/** What goes of tokens and used {@code jti}s, and when. */
@Singleton
class Retention {

    private static final Duration A_DAY = Duration.ofDays(1);

    @Produces
    @Singleton
    Sweep accessTokens() {
        return Sweep.past(ACCESS_TOKEN.EXPIRES_AT, A_DAY, "its client is told that it expired");
    }

    @Produces
    @Singleton
    Sweep clientTokens() {
        return Sweep.past(CLIENT_TOKEN.EXPIRES_AT, A_DAY, "its client is told that it expired");
    }

    /** What a revocation is about has expired by then anyway. */
    @Produces
    @Singleton
    Sweep revokedTokens() {
        return Sweep.byOwner(
                REVOKED_TOKEN,
                forgetRevokedTokens(),
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
        return new Sweep(
                REFRESH_TOKEN, A_DAY, "it leads nowhere once its grant has ended", Retention::lookAtRefreshTokens);
    }

    private static ResultQuery<Record1<Integer>> lookAtRefreshTokens(Field<Instant> before, int batch) {
        Field<Instant> end = consentStandsUntil(REFRESH_TOKEN.GRANT_ID);
        Field<Instant> standsUntil = field(name("stands_until"), end.getDataType());
        Field<byte[]> hash =
                field(REFRESH_TOKEN.TOKEN_HASH.getUnqualifiedName(), REFRESH_TOKEN.TOKEN_HASH.getDataType());
        var due = name("due")
                .as(select(REFRESH_TOKEN.TOKEN_HASH, end.as(standsUntil))
                        .from(REFRESH_TOKEN)
                        .where(REFRESH_TOKEN.LOOK_AT.lt(before))
                        .orderBy(REFRESH_TOKEN.LOOK_AT)
                        .limit(batch)
                        .forUpdate()
                        .skipLocked());
        var standing = name("standing")
                .as(update(REFRESH_TOKEN)
                        .set(REFRESH_TOKEN.LOOK_AT, end)
                        .where(REFRESH_TOKEN.TOKEN_HASH.eq(
                                any(array(select(hash).from(due).where(standsUntil.ge(before))))))
                        .returningResult(REFRESH_TOKEN.TOKEN_HASH));
        var gone = name("gone")
                .as(deleteFrom(REFRESH_TOKEN)
                        .where(REFRESH_TOKEN.TOKEN_HASH.eq(any(array(select(hash)
                                .from(due)
                                .where(standsUntil.lt(before).or(standsUntil.isNull()))))))
                        .returningResult(REFRESH_TOKEN.TOKEN_HASH));
        return with(due, standing, gone).selectCount().from(due);
    }

    /** For longer than any node could take one once more, one too that has not seen the clock for a while. */
    @Produces
    @Singleton
    Sweep jtis() {
        return Sweep.past(USED_JTI.EXPIRES_AT, Duration.ofMinutes(15), "until then it is refused when it comes again");
    }
}

package io.consentry.authorization;

import static io.consentry.schema.AuthorizationCodeTable.AUTHORIZATION_CODE;
import static io.consentry.schema.AuthorizationRequestTable.AUTHORIZATION_REQUEST;

import io.consentry.database.Sweep;
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
                AUTHORIZATION_REQUEST.EXPIRES_AT,
                AUTHORIZATION_REQUEST
                        .PURPOSE
                        .isNotNull()
                        .and(AUTHORIZATION_REQUEST.RECORDED_AT.isNull())
                        .and(AUTHORIZATION_REQUEST.SIGN_IN_ASKED_AT.isNull())
                        .and(AUTHORIZATION_REQUEST.FINISHED_AT.isNull()),
                Duration.ofMinutes(5),
                "nobody came for it, and whoever can push must not fill the disk");
    }

    @Produces
    @Singleton
    Sweep requests() {
        return Sweep.past(
                AUTHORIZATION_REQUEST.DECIDE_BY,
                Duration.ofHours(1),
                "whoever comes back to it is told what became of it");
    }

    /** As long as an access token can live, and longer: so long a second use can still revoke something. */
    @Produces
    @Singleton
    Sweep codes() {
        return Sweep.past(
                AUTHORIZATION_CODE.EXPIRES_AT,
                Duration.ofHours(1),
                "a second use is noticed, and revokes what it gave");
    }
}

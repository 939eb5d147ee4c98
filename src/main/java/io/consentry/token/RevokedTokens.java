package io.consentry.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hibernate.StatelessSession;

/**
 * What was revoked before its time: tokens, and codes and refresh tokens with everything that came from them, whenever it
 * came. The database lets nobody who serves take an entry back before what it is about has expired anyway.
 */
@ApplicationScoped
class RevokedTokens {

    private static final String ADD =
            "insert into revoked_token (hash, until) values (:hash, %s) on conflict do nothing";

    private final StatelessSession session;

    RevokedTokens(StatelessSession session) {
        this.session = session;
    }

    /** Revokes what expires by itself at that time. */
    @Transactional(Transactional.TxType.MANDATORY)
    void add(byte[] hash, Instant until) {
        session.createNativeMutationQuery(ADD.formatted(":until"))
                .setParameter("hash", hash)
                .setParameter("until", until)
                .executeUpdate();
    }

    /** Revokes what lives as long as its grant, which may be given anew and anew. */
    @Transactional(Transactional.TxType.MANDATORY)
    void addForEver(byte[] hash) {
        session.createNativeMutationQuery(ADD.formatted("'infinity'"))
                .setParameter("hash", hash)
                .executeUpdate();
    }
}

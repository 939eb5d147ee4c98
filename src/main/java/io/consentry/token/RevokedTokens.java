package io.consentry.token;

import static io.consentry.schema.RevokedTokenTable.REVOKED_TOKEN;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * What was revoked before its time: tokens, and codes and refresh tokens with everything that came from them, whenever it
 * came. The database lets nobody who serves take an entry back before what it is about has expired anyway.
 */
@ApplicationScoped
class RevokedTokens {

    private final DSLContext sql;

    RevokedTokens(DSLContext sql) {
        this.sql = sql;
    }

    /** Revokes what expires by itself at that time. */
    @Transactional(Transactional.TxType.MANDATORY)
    void add(byte[] hash, short log, Instant until) {
        add(hash, log, val(until));
    }

    /** Revokes what lives as long as its grant, which may be given anew and anew. */
    @Transactional(Transactional.TxType.MANDATORY)
    void addForEver(byte[] hash, short log) {
        add(hash, log, inline("infinity").cast(REVOKED_TOKEN.UNTIL));
    }

    private void add(byte[] hash, short log, Field<Instant> until) {
        sql.insertInto(REVOKED_TOKEN, REVOKED_TOKEN.HASH, REVOKED_TOKEN.LOG, REVOKED_TOKEN.UNTIL)
                .values(val(hash), val(log), until)
                .onConflictDoNothing()
                .execute();
    }
}

package io.consentry.ledger;

import static io.consentry.schema.LedgerFollowerTable.LEDGER_FOLLOWER;

import io.consentry.kernel.ClientId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jooq.DSLContext;

/** Which clients want to be told of what happens to their grants: from the commit on, each such entry is put into the outbox. */
@ApplicationScoped
public class Followers {

    private final DSLContext sql;

    Followers(DSLContext sql) {
        this.sql = sql;
    }

    /** In the caller's transaction; one that follows already goes on. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(ClientId client) {
        sql.insertInto(LEDGER_FOLLOWER)
                .set(LEDGER_FOLLOWER.CLIENT_ID, client.value())
                .onConflictDoNothing()
                .execute();
    }

    /** In the caller's transaction. What lies in the outbox stays. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void remove(ClientId client) {
        sql.deleteFrom(LEDGER_FOLLOWER)
                .where(LEDGER_FOLLOWER.CLIENT_ID.eq(client.value()))
                .execute();
    }
}

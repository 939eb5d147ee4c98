package io.consentry.notice;

import static io.consentry.schema.Routines.takeNotices;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jooq.DSLContext;

/** Takes over what lies in the ledger's outbox, in the order in which it happened to each grant. */
@ApplicationScoped
class Arrivals {

    static final int BUSY = -1;

    /** A look that took so many is followed by another one at once. */
    static final int BATCH = 5_000;

    private final DSLContext sql;

    Arrivals(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * Takes over a batch. Commit point: before it all of it is in the ledger's outbox, after it here; nothing is in neither or in both.
     *
     * @return how many there were; {@link #BUSY} while somebody else takes over
     */
    @Transactional
    int take() {
        return sql.fetchValue(takeNotices(BATCH));
    }
}

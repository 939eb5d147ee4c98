package io.consentry.ledger;

import static io.consentry.schema.LedgerStagedTable.LEDGER_STAGED;
import static org.jooq.impl.DSL.select;

import io.consentry.health.Backlog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Committed entries that wait for their place in the order: normally for a tenth of a second. */
@Singleton
class StagedEntries {

    /** The first of the queue stands for its oldest: identifiers are given out in order, and one statement reads no more. */
    @Produces
    @Singleton
    Backlog entries() {
        return new Backlog(
                "ledger entries",
                Duration.ofSeconds(30),
                select(LEDGER_STAGED.STAGED_AT)
                        .from(LEDGER_STAGED)
                        .orderBy(LEDGER_STAGED.COMMITMENT_ID)
                        .limit(1));
    }
}

package io.consentry.ledger;

import static io.consentry.schema.LedgerStagedTable.LEDGER_STAGED;
import static io.consentry.schema.LedgerTreeTable.LEDGER_TREE;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import io.consentry.health.Backlog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Committed entries that wait for their place in the order: normally for a tenth of a second. */
@Singleton
class StagedEntries {

    /** The first of each log's queue stands for its oldest: identifiers are given out in order, and nothing more is read. */
    @Produces
    @Singleton
    Backlog entries() {
        var first = select(LEDGER_STAGED.STAGED_AT)
                .from(LEDGER_STAGED)
                .where(LEDGER_STAGED.LOG.eq(LEDGER_TREE.LOG))
                .orderBy(LEDGER_STAGED.COMMITMENT_ID)
                .limit(1)
                .asTable("first");
        return new Backlog(
                "ledger entries",
                Duration.ofSeconds(30),
                select(min(first.field(LEDGER_STAGED.STAGED_AT))).from(LEDGER_TREE, lateral(first)));
    }
}

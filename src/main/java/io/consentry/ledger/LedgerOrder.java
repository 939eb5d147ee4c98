package io.consentry.ledger;

import static io.consentry.schema.LedgerCommitmentTable.LEDGER_COMMITMENT;
import static io.consentry.schema.LedgerEntryTable.LEDGER_ENTRY;
import static io.consentry.schema.LedgerTreeTable.LEDGER_TREE;

import io.consentry.kernel.LogNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Records;

/** The order that the {@link Sequencer} has given to the entries of each log: what is published. */
@ApplicationScoped
public class LedgerOrder {

    private final DSLContext sql;

    LedgerOrder(DSLContext sql) {
        this.sql = sql;
    }

    /** A log, and how many of its entries have an index. */
    public record Size(LogNumber number, long entries) {}

    /** Of every log, by one statement. */
    @Transactional
    public List<Size> sizes() {
        return sql.select(LEDGER_TREE.LOG.convertFrom(LogNumber::new), LEDGER_TREE.SIZE)
                .from(LEDGER_TREE)
                .orderBy(LEDGER_TREE.LOG)
                .fetch(Records.mapping(Size::new));
    }

    /** Of one log; 0 when there is no such log. */
    @Transactional
    public long size(LogNumber log) {
        return sql.select(LEDGER_TREE.SIZE)
                .from(LEDGER_TREE)
                .where(LEDGER_TREE.LOG.eq(log.column()))
                .fetchOptional(LEDGER_TREE.SIZE)
                .orElse(0L);
    }

    /** The entries {@code [start, end)} of a log in their order, 33 bytes each; fewer when it has fewer. */
    @Transactional
    public List<byte[]> entries(LogNumber log, long start, long end) {
        return sql.select(LEDGER_COMMITMENT.ENTRY)
                .from(LEDGER_ENTRY)
                .join(LEDGER_COMMITMENT)
                .on(LEDGER_COMMITMENT.ID.eq(LEDGER_ENTRY.COMMITMENT_ID))
                .and(LEDGER_COMMITMENT.LOG.eq(LEDGER_ENTRY.LOG))
                .where(LEDGER_ENTRY.LOG.eq(log.column()))
                .and(LEDGER_ENTRY.INDEX.ge(start))
                .and(LEDGER_ENTRY.INDEX.lt(end))
                .orderBy(LEDGER_ENTRY.INDEX)
                .fetch(LEDGER_COMMITMENT.ENTRY);
    }
}

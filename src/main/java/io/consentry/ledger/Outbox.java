package io.consentry.ledger;

import static io.consentry.schema.LedgerOutboxTable.LEDGER_OUTBOX;
import static org.jooq.Records.mapping;

import io.consentry.kernel.GrantId;
import io.consentry.ledger.QueuedNotices.Queued;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jooq.DSLContext;

/**
 * What clients are yet to be told and nobody has taken over so far: {@link Ledger} and {@link MassEntries} put it here by the statement
 * that appends the entry. Whoever tells takes it over by the function {@code ledger_outbox_take}, which alone takes anything out.
 */
@ApplicationScoped
class Outbox {

    private final DSLContext sql;

    Outbox(DSLContext sql) {
        this.sql = sql;
    }

    /** What lies here of a grant, oldest first. */
    @Transactional
    List<Queued> of(GrantId grant) {
        return sql.select(LEDGER_OUTBOX.KIND.convertFrom(EventKind::ofWire), LEDGER_OUTBOX.GRANT_VERSION)
                .from(LEDGER_OUTBOX)
                .where(LEDGER_OUTBOX.GRANT_ID.eq(grant.value()))
                .orderBy(LEDGER_OUTBOX.COMMITMENT_ID)
                .fetch(mapping(Queued::new));
    }
}

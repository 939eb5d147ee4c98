package io.consentry.consent;

import io.consentry.key.RowSeals;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * Reads and writes rows of amendments, in the caller's transaction and, for writing, under the lock of their grant's row. A
 * row that does not carry its seal, or is behind the ledger, is not found.
 */
@ApplicationScoped
class AmendmentStore {

    private final StatelessSession session;
    private final Ledger ledger;
    private final RowSeals seals;

    AmendmentStore(StatelessSession session, Ledger ledger, RowSeals seals) {
        this.session = session;
        this.ledger = ledger;
        this.seals = seals;
    }

    /** The row as it is now. */
    Optional<AmendmentRow> find(AmendmentId id) {
        return Optional.ofNullable(session.get(AmendmentRow.class, id.value())).filter(this::isSound);
    }

    void insert(Amendment.Requested amendment, LedgerEvent event) {
        AmendmentRow row = AmendmentRow.of(amendment);
        seals.seal(row);
        session.insert(row);
        append(amendment, event);
    }

    /** Writes the next state of a row that was read under the lock, and the entries of its edge. */
    <A extends Amendment> A write(AmendmentRow row, A next, LedgerEvent... events) {
        row.apply(next);
        seals.seal(row);
        session.update(row);
        for (LedgerEvent event : events) {
            append(next, event);
        }
        return next;
    }

    private void append(Amendment amendment, LedgerEvent event) {
        ledger.append(ledger.draft(event, amendment.ask().person()), Optional.of(AmendmentRow.step(amendment)));
    }

    private boolean isSound(AmendmentRow row) {
        if (!seals.isSound(row)) {
            return false;
        }
        boolean behind = AmendmentRow.step(row.toAmendment()).number() < row.recordedStep;
        if (behind) {
            seals.reportOld(row);
        }
        return !behind;
    }
}

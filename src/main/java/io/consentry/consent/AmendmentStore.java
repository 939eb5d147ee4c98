package io.consentry.consent;

import io.consentry.kernel.GrantId;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Reads and writes rows of amendments, in the caller's transaction and, for writing, under the lock of their grant's row. A
 * row that does not carry its seal is not found.
 */
@ApplicationScoped
class AmendmentStore {

    private static final Logger LOG = Logger.getLogger(AmendmentStore.class);
    private static final String KIND = "amendment";

    private final StatelessSession session;
    private final Ledger ledger;
    private final RowSeals seals;

    AmendmentStore(StatelessSession session, Ledger ledger, RowSeals seals) {
        this.session = session;
        this.ledger = ledger;
        this.seals = seals;
    }

    Optional<Amendment> find(AmendmentId id) {
        return row(id).map(AmendmentRow::toAmendment);
    }

    /** The grant that an amendment is about, so that its row can be locked first. */
    Optional<GrantId> grant(AmendmentId id) {
        return row(id).map(row -> new GrantId(row.grantId));
    }

    void insert(Amendment.Requested amendment, LedgerEvent event) {
        AmendmentRow row = AmendmentRow.of(amendment);
        row.seal = seals.over(KIND, row.sealed());
        session.insert(row);
        append(amendment, event);
    }

    /** Writes the next state and the entries of its edge. */
    <A extends Amendment> A write(A next, LedgerEvent... events) {
        AmendmentRow row = row(next.id()).orElseThrow(() -> new IllegalStateException("its row was there just now"));
        row.apply(next);
        row.seal = seals.over(KIND, row.sealed());
        session.update(row);
        for (LedgerEvent event : events) {
            append(next, event);
        }
        return next;
    }

    private void append(Amendment amendment, LedgerEvent event) {
        ledger.append(ledger.draft(event, amendment.ask().person()));
    }

    private Optional<AmendmentRow> row(AmendmentId id) {
        return Optional.ofNullable(session.get(AmendmentRow.class, id.value())).filter(this::isSound);
    }

    private boolean isSound(AmendmentRow row) {
        boolean sound = seals.fits(row.seal, KIND, row.sealed());
        if (!sound) {
            LOG.errorf("The amendment %s was changed behind the service's back", row.id);
        }
        return sound;
    }
}

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
 * row that does not carry its seal, or is behind the ledger, is not found.
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
        // Not held against the ledger again, where the entry of this very step may stand already.
        AmendmentRow row = Optional.ofNullable(
                        session.get(AmendmentRow.class, next.id().value()))
                .filter(this::isSealed)
                .orElseThrow(() -> new IllegalStateException("its row was there just now"));
        row.apply(next);
        row.seal = seals.over(KIND, row.sealed());
        session.update(row);
        for (LedgerEvent event : events) {
            append(next, event);
        }
        return next;
    }

    private void append(Amendment amendment, LedgerEvent event) {
        ledger.append(ledger.draft(event, amendment.ask().person()), Optional.of(AmendmentRow.step(amendment)));
    }

    private Optional<AmendmentRow> row(AmendmentId id) {
        return Optional.ofNullable(session.get(AmendmentRow.class, id.value())).filter(this::isSound);
    }

    private boolean isSound(AmendmentRow row) {
        if (!isSealed(row)) {
            return false;
        }
        boolean behind = AmendmentRow.step(row.toAmendment()).number() < row.recordedStep;
        if (behind) {
            LOG.errorf("The amendment %s is older than the ledger: somebody put it back", row.id);
        }
        return !behind;
    }

    private boolean isSealed(AmendmentRow row) {
        boolean sealed =
                seals.fits(row.seal, KIND, row.sealed()) && ConsentMapping.areNames(row.requested, row.optional);
        if (!sealed) {
            LOG.errorf("The amendment %s was changed behind the service's back", row.id);
        }
        return sealed;
    }
}

package io.consentry.ledger;

import io.consentry.kernel.GrantId;
import io.consentry.ledger.QueuedNotices.Queued;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * What clients are yet to be told and nobody has taken over so far: {@link Ledger} and {@link MassEntries} put it here by the statement
 * that appends the entry. Whoever tells takes it over by the function {@code ledger_outbox_take}, which alone takes anything out.
 */
@ApplicationScoped
class Outbox {

    private final StatelessSession session;

    Outbox(StatelessSession session) {
        this.session = session;
    }

    /** What lies here of a grant, oldest first. */
    @Transactional
    List<Queued> of(GrantId grant) {
        return session
                .createNativeQuery(
                        "select kind, grant_version from ledger_outbox where grant_id = :grant order by commitment_id",
                        Object[].class)
                .setParameter("grant", grant.value())
                .getResultList()
                .stream()
                .map(row -> new Queued(EventKind.ofWire((String) row[0]), (int) row[1]))
                .toList();
    }
}

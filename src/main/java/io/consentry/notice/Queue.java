package io.consentry.notice;

import io.consentry.kernel.GrantId;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.QueuedNotices;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.StatelessSession;

/** What of the outbox nobody was sent yet. */
@ApplicationScoped
class Queue implements QueuedNotices {

    private final StatelessSession session;

    Queue(StatelessSession session) {
        this.session = session;
    }

    @Override
    @Transactional
    public List<Queued> of(GrantId grant) {
        return session
                .createSelectionQuery("""
                        from NoticeRow where grantId = :grant and settledAt is null and sentAt is null
                        order by commitmentId""", NoticeRow.class)
                .setParameter("grant", grant.value())
                .getResultList()
                .stream()
                .map(row -> new Queued(EventKind.ofWire(row.kind), row.grantVersion))
                .toList();
    }
}

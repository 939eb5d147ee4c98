package io.consentry.notice;

import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.notice.Notice.Happened;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hibernate.StatelessSession;

/**
 * The steps of a notice, each on a locked row and with its ledger entry in the same transaction. A step that was taken
 * before is not taken again, and leaves no second entry.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class DeliverySteps {

    private final StatelessSession session;
    private final Ledger ledger;

    DeliverySteps(StatelessSession session, Ledger ledger) {
        this.session = session;
        this.ledger = ledger;
    }

    /** The client has it now, if it had not before. */
    void send(NoticeRow row, Instant now) {
        if (row.toNotice() instanceof Notice.Queued queued) {
            write(row, queued.send(now));
            append(queued.happened(), EventKind.NOTICE_SENT, Actor.SERVICE, now);
        }
    }

    void acknowledge(NoticeRow row, Instant now) {
        if (row.toNotice() instanceof Notice.Sent sent) {
            write(row, sent.acknowledge(now));
            append(sent.happened(), EventKind.NOTICE_ACKNOWLEDGED, Actor.CLIENT, now);
        }
    }

    void refuse(NoticeRow row, ReceiverError error, Instant now) {
        if (row.toNotice() instanceof Notice.Sent sent) {
            write(row, sent.refuse(error, now));
            append(sent.happened(), EventKind.NOTICE_REFUSED, Actor.CLIENT, now);
        }
    }

    private void write(NoticeRow row, Notice next) {
        row.apply(next);
        session.update(row);
    }

    /** The entry says what the client was told of: by kind, and by the version of the grant that it made. */
    private void append(Happened told, EventKind kind, Actor actor, Instant now) {
        LedgerEvent event = LedgerEvent.of(kind, now, told.grant(), told.version(), told.client(), actor)
                .because(told.kind().wire());
        ledger.append(ledger.draft(event, told.person()));
    }
}

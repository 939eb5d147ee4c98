package io.consentry.notice;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.History;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RecordedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** What a client was told of a grant, for the person it is about. */
@ApplicationScoped
public class Notices {

    private static final int EVENTS = 1000;

    private final StatelessSession session;
    private final History history;

    Notices(StatelessSession session, History history) {
        this.session = session;
        this.history = history;
    }

    /** How far a notice has come. */
    public enum State {
        /** Waits to be sent. */
        QUEUED,
        /** Sent, and not acknowledged. */
        SENT,
        ACKNOWLEDGED,
        /** Sent; the client says that it can do nothing with it. */
        REFUSED
    }

    /**
     * One notice.
     *
     * @param event what the client is told of
     * @param version the version of the grant that it made
     */
    public record Told(
            EventKind event, int version, State state, Optional<Instant> sentAt, Optional<Instant> acknowledgedAt) {}

    /**
     * Every notice of one of a person's grants, oldest first: what was sent and acknowledged as the ledger has it, which
     * keeps it for ever, and what still waits. Nothing when the grant is not theirs.
     */
    @Transactional
    public List<Told> of(PersonId person, GrantId grant) {
        List<LedgerEvent> events = history.of(person, grant, EVENTS).stream()
                .map(RecordedEvent::event)
                .toList();
        List<NoticeRow> open = session.createSelectionQuery(
                        "from NoticeRow where personId = :person and grantId = :grant", NoticeRow.class)
                .setParameter("person", person.value())
                .setParameter("grant", grant.value())
                .getResultList();
        var told = new ArrayList<Told>();
        for (LedgerEvent sent : events) {
            if (sent.kind() == EventKind.NOTICE_SENT) {
                told.add(told(sent, events, open));
            }
        }
        open.stream()
                .filter(row -> row.sentAt == null)
                .forEach(row -> told.add(new Told(
                        EventKind.ofWire(row.kind),
                        row.grantVersion,
                        State.QUEUED,
                        Optional.empty(),
                        Optional.empty())));
        told.sort(Comparator.comparingInt(Told::version));
        return List.copyOf(told);
    }

    private static Told told(LedgerEvent sent, List<LedgerEvent> events, List<NoticeRow> rows) {
        Optional<Instant> acknowledged = events.stream()
                .filter(event -> event.kind() == EventKind.NOTICE_ACKNOWLEDGED && isOfTheSame(event, sent))
                .map(LedgerEvent::at)
                .findFirst();
        boolean refused = rows.stream()
                .anyMatch(row -> row.grantVersion == sent.version() && row.toNotice() instanceof Notice.Refused);
        State state = acknowledged.isPresent() ? State.ACKNOWLEDGED : refused ? State.REFUSED : State.SENT;
        return new Told(
                EventKind.ofWire(sent.reason().orElseThrow()),
                sent.version(),
                state,
                Optional.of(sent.at()),
                acknowledged);
    }

    private static boolean isOfTheSame(LedgerEvent one, LedgerEvent other) {
        return one.version() == other.version() && one.reason().equals(other.reason());
    }
}

package io.consentry.ledger;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.QueuedNotices.Queued;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a client was told of a grant, and what it said to that, by the entries that both leave; and what it has not been told so
 * far, by the queue.
 */
@ApplicationScoped
public class NoticeEntries {

    private static final Set<EventKind> KINDS =
            EnumSet.of(EventKind.NOTICE_SENT, EventKind.NOTICE_ACKNOWLEDGED, EventKind.NOTICE_REFUSED);

    private final GrantEvents events;
    private final Outbox outbox;
    private final QueuedNotices queue;

    NoticeEntries(GrantEvents events, Outbox outbox, QueuedNotices queue) {
        this.events = events;
        this.outbox = outbox;
        this.queue = queue;
    }

    /**
     * One notice.
     *
     * @param event of what, as the entry's reason names it
     * @param version the version of the grant that the event made
     * @param refusedAt when the client said that it can do nothing with it
     */
    public record Notice(
            Optional<String> event,
            int version,
            Optional<Instant> sentAt,
            Optional<Instant> acknowledgedAt,
            Optional<Instant> refusedAt) {

        public NoticeState state() {
            if (acknowledgedAt.isPresent()) {
                return NoticeState.ACKNOWLEDGED;
            }
            if (refusedAt.isPresent()) {
                return NoticeState.REFUSED;
            }
            return sentAt.isPresent() ? NoticeState.SENT : NoticeState.QUEUED;
        }

        public boolean isOf(Optional<String> what, int itsVersion) {
            return version == itsVersion && event.equals(what);
        }

        private Notice with(LedgerEvent said) {
            Optional<Instant> at = Optional.of(said.at());
            return switch (said.kind()) {
                case NOTICE_ACKNOWLEDGED -> new Notice(event, version, sentAt, at, refusedAt);
                case NOTICE_REFUSED -> new Notice(event, version, sentAt, acknowledgedAt, at);
                default -> new Notice(event, version, at, acknowledgedAt, refusedAt);
            };
        }
    }

    /** Newest first. */
    public List<Notice> of(PersonId person, GrantId grant) {
        // What is taken over in between is in both, what is sent in between in the ledger by then.
        List<Queued> newest = outbox.of(grant);
        List<Queued> queued =
                Stream.concat(queue.of(grant).stream(), newest.stream()).toList();
        List<Notice> notices = new ArrayList<>();
        for (RecordedEvent recorded : events.all(person, grant, KINDS::contains).reversed()) {
            LedgerEvent event = recorded.event();
            take(notices, event.reason(), event.version(), event);
        }
        for (Queued each : queued) {
            Optional<String> event = Optional.of(each.event().wire());
            if (notices.stream().noneMatch(notice -> notice.isOf(event, each.version()))) {
                notices.add(new Notice(event, each.version(), Optional.empty(), Optional.empty(), Optional.empty()));
            }
        }
        return notices.reversed();
    }

    private static void take(List<Notice> notices, Optional<String> event, int version, LedgerEvent said) {
        for (int i = 0; i < notices.size(); i++) {
            if (notices.get(i).isOf(event, version)) {
                notices.set(i, notices.get(i).with(said));
                return;
            }
        }
        notices.add(new Notice(event, version, Optional.empty(), Optional.empty(), Optional.empty()).with(said));
    }
}

package io.consentry.resident;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RecordedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client was told of a grant, and when it confirmed that: by the entries that sending and confirming leave. */
@ApplicationScoped
class Told {

    private static final Set<EventKind> KINDS = EnumSet.of(EventKind.NOTICE_SENT, EventKind.NOTICE_ACKNOWLEDGED);

    private final GrantEvents events;

    Told(GrantEvents events) {
        this.events = events;
    }

    /**
     * One notice.
     *
     * @param event of what, as the entry's reason names it
     * @param version the version of the grant that the event made
     */
    record Notice(Optional<String> event, int version, Optional<Instant> sentAt, Optional<Instant> acknowledgedAt) {}

    /** Newest first. */
    List<Notice> of(PersonId person, GrantId grant) {
        List<Notice> notices = new ArrayList<>();
        for (RecordedEvent recorded : events.all(person, grant, KINDS::contains).reversed()) {
            LedgerEvent event = recorded.event();
            if (event.kind() == EventKind.NOTICE_SENT) {
                notices.add(new Notice(event.reason(), event.version(), Optional.of(event.at()), Optional.empty()));
            } else {
                confirm(notices, event);
            }
        }
        return notices.reversed();
    }

    private static void confirm(List<Notice> notices, LedgerEvent confirmed) {
        for (int i = 0; i < notices.size(); i++) {
            Notice notice = notices.get(i);
            if (notice.version() == confirmed.version() && notice.event().equals(confirmed.reason())) {
                notices.set(
                        i, new Notice(notice.event(), notice.version(), notice.sentAt(), Optional.of(confirmed.at())));
                return;
            }
        }
        notices.add(new Notice(confirmed.reason(), confirmed.version(), Optional.empty(), Optional.of(confirmed.at())));
    }
}

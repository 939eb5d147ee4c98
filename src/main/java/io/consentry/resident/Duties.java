package io.consentry.resident;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.Consent;
import io.consentry.consent.HeldConsent;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.RecordedEvent;
import io.consentry.resident.OwnConsents.Own;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client owes after a grant has ended: nothing if nothing was ever released; otherwise to delete, soon when somebody
 * ended it, and when its time of keeping is over otherwise.
 */
@ApplicationScoped
class Duties {

    private static final Set<EventKind> KINDS = EnumSet.of(EventKind.DELETION_ATTESTED, EventKind.DELETION_OVERDUE);

    private final Catalogue catalogue;
    private final GrantEvents events;
    private final InstantSource clock;

    Duties(Catalogue catalogue, GrantEvents events, InstantSource clock) {
        this.catalogue = catalogue;
        this.events = events;
        this.clock = clock;
    }

    /** To delete by a day. */
    record Duty(Instant dueAt, State state, Optional<Instant> attestedAt) {

        public boolean isOverdue() {
            return state == State.OVERDUE;
        }

        public boolean isMet() {
            return state == State.MET;
        }
    }

    /** How it stands. */
    enum State {
        OPEN,
        MET,
        OVERDUE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    List<Duty> of(Own own) {
        return dueAt(own.held()).stream().map(dueAt -> duty(own, dueAt)).toList();
    }

    private Duty duty(Own own, Instant dueAt) {
        Optional<Instant> attestedAt = events.all(own.person(), own.grant(), KINDS::contains).stream()
                .map(RecordedEvent::event)
                .filter(event -> event.kind() == EventKind.DELETION_ATTESTED)
                .map(event -> event.at())
                .findFirst();
        State state = clock.instant().isBefore(dueAt) ? State.OPEN : State.OVERDUE;
        return new Duty(dueAt, attestedAt.isPresent() ? State.MET : state, attestedAt);
    }

    private Optional<Instant> dueAt(HeldConsent held) {
        if (!(held.consent() instanceof Consent.Given given)) {
            return Optional.empty();
        }
        Optional<Instant> endedAt =
                Optional.ofNullable(Stage.of(given, clock.instant()).endedAt());
        Purpose.Keeping keeping = catalogue
                .purpose(given.terms().purpose())
                .map(Purpose::keeping)
                .orElseThrow(() -> new IllegalStateException("a consent is for no known purpose"));
        return held.lastReleaseAt()
                .flatMap(last -> endedAt.map(end -> switch (held.status()) {
                    case "expired", "exhausted" -> after(last, keeping.retention());
                    default -> after(end, keeping.deleteWithin());
                }));
    }

    private static Instant after(Instant moment, Period period) {
        return moment.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }
}

package io.consentry.consent;

import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.History;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RecordedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Why a consent ended. Most ends say it themselves; why an operator or an authority ended one stands in the ledger. */
@ApplicationScoped
public class EndReasons {

    private static final int NEWEST = 50;
    private static final Set<EventKind> BY_OFFICE = Set.of(EventKind.REVOKED, EventKind.INVALIDATED);

    private final History history;

    EndReasons(History history) {
        this.history = history;
    }

    /** The reason; empty while it has not ended, and where an office's entry is still being written. */
    public Optional<Reason> of(PersonId person, HeldConsent held) {
        return switch (held.status()) {
            case WITHDRAWN -> Optional.of(Reason.PERSON_WITHDREW);
            case RELINQUISHED -> Optional.of(Reason.CLIENT_RELINQUISHED);
            case EXPIRED -> Optional.of(Reason.ACCESS_PERIOD_OVER);
            case EXHAUSTED -> Optional.of(Reason.LAST_PERMITTED_RELEASE);
            case REFUSED -> Optional.of(Reason.PERSON_REFUSED);
            case LAPSED -> Optional.of(Reason.NOT_DECIDED_IN_TIME);
            case REVOKED, INVALIDATED -> ofOffice(person, held);
            case REQUESTED, PRESENTED, ACTIVE, PAUSED, DAMAGED -> Optional.empty();
        };
    }

    private Optional<Reason> ofOffice(PersonId person, HeldConsent held) {
        return history.of(person, held.consent().terms().grantId(), NEWEST).stream()
                .map(RecordedEvent::event)
                .filter(event -> BY_OFFICE.contains(event.kind()))
                .findFirst()
                .flatMap(LedgerEvent::reason)
                .flatMap(Reason::ofCode);
    }
}

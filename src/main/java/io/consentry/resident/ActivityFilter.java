package io.consentry.resident;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.LedgerEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which events a person wants to see. What is not understood shows everything. */
record ActivityFilter(Kind kind, Optional<ClientId> client, Optional<GrantId> grant) {

    /** Kinds of events that belong together for a person. */
    enum Kind {
        ALL(EnumSet.allOf(EventKind.class)),
        FETCHED(Set.of(EventKind.RELEASED)),
        /** Releases, and attempts at one. */
        USES(Stream.of(EventKind.values()).filter(EventKind::isReleaseOrAttempt).collect(Collectors.toSet())),
        ATTEMPTS(Set.of(EventKind.RELEASE_REFUSED, EventKind.RELEASE_ABORTED)),
        ANSWERS(Set.of(
                EventKind.GRANTED,
                EventKind.REFUSED,
                EventKind.PAUSED,
                EventKind.RESUMED,
                EventKind.AMENDED,
                EventKind.AMENDMENT_REFUSED,
                EventKind.WITHDRAWN)),
        REQUESTS(Set.of(
                EventKind.REQUESTED,
                EventKind.PRESENTED,
                EventKind.AMENDMENT_REQUESTED,
                EventKind.AMENDMENT_PRESENTED,
                EventKind.AMENDMENT_LAPSED,
                EventKind.LAPSED,
                EventKind.REVOKED,
                EventKind.RELINQUISHED,
                EventKind.INVALIDATED,
                EventKind.EXPIRED,
                EventKind.EXHAUSTED)),
        DUTIES(Set.of(
                EventKind.NOTICE_SENT,
                EventKind.NOTICE_ACKNOWLEDGED,
                EventKind.NOTICE_REFUSED,
                EventKind.REMINDED,
                EventKind.DELETION_ATTESTED,
                EventKind.DELETION_OVERDUE));

        private final Set<EventKind> events;

        Kind(Set<EventKind> events) {
            this.events = Set.copyOf(events);
        }

        boolean includes(EventKind event) {
            return events.contains(event);
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static List<String> kinds() {
        return Stream.of(Kind.values()).map(Kind::wire).toList();
    }

    static ActivityFilter of(@Nullable String kind, @Nullable String client, @Nullable String grant) {
        Kind found = Stream.of(Kind.values())
                .filter(each -> each.wire().equals(kind))
                .findFirst()
                .orElse(Kind.ALL);
        return new ActivityFilter(found, client(client), grant(grant));
    }

    boolean passes(LedgerEvent event) {
        return kind.events.contains(event.kind())
                && client.map(event.clientId()::equals).orElse(true);
    }

    private static Optional<ClientId> client(@Nullable String text) {
        try {
            return Optional.ofNullable(text).filter(id -> !id.isEmpty()).map(ClientId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<GrantId> grant(@Nullable String text) {
        try {
            return Optional.ofNullable(text).filter(id -> !id.isEmpty()).map(GrantId::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

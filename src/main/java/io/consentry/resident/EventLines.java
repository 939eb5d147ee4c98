package io.consentry.resident;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.History;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RecordedEvent;
import io.consentry.wording.Language;
import io.consentry.wording.Tally;
import io.consentry.wording.Writing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A person's events from the ledger, in words. */
@ApplicationScoped
class EventLines {

    private static final int OF_A_GRANT = 50;
    private static final int PAGE = 20;
    private static final int BATCH = 100;
    private static final int MOST_READ = 2000;

    private final History history;
    private final Clients clients;
    private final Catalogue catalogue;
    private final Writing writing;
    private final Language language;

    EventLines(History history, Clients clients, Catalogue catalogue, Writing writing, Language language) {
        this.history = history;
        this.clients = clients;
        this.catalogue = catalogue;
        this.writing = writing;
        this.language = language;
    }

    /**
     * A page of a person's activity.
     *
     * @param older where the next page begins; empty on the last
     */
    record Page(List<EventLine> events, OptionalLong older) {}

    /** How many events a person has in all logs: as many as have numbers. */
    long counted(PersonId person) {
        return history.counts(person).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The newest events of one grant. */
    Page newest(PersonId person, GrantId grant) {
        List<RecordedEvent> events = history.of(person, grant, OF_A_GRANT);
        return new Page(
                events.stream().map(this::line).toList(),
                events.size() < OF_A_GRANT
                        ? OptionalLong.empty()
                        : OptionalLong.of(events.getLast().position()));
    }

    /** Events are sealed, so the filter reads them one by one, and stops after a while to be asked on. */
    Page of(PersonId person, ActivityFilter filter, OptionalLong before) {
        List<EventLine> found = new ArrayList<>();
        OptionalLong cursor = before;
        for (int read = 0; read < MOST_READ; read += BATCH) {
            List<RecordedEvent> batch = read(person, filter, cursor);
            for (RecordedEvent recorded : batch) {
                if (found.size() == PAGE) {
                    return new Page(found, cursor);
                }
                cursor = OptionalLong.of(recorded.position());
                if (filter.passes(recorded.event())) {
                    found.add(line(recorded));
                }
            }
            if (batch.size() < BATCH) {
                return new Page(found, OptionalLong.empty());
            }
        }
        return new Page(found, cursor);
    }

    private List<RecordedEvent> read(PersonId person, ActivityFilter filter, OptionalLong before) {
        return filter.grant()
                .map(grant -> history.of(person, grant, before, BATCH))
                .orElseGet(() -> history.of(person, before, BATCH));
    }

    private EventLine line(RecordedEvent recorded) {
        LedgerEvent event = recorded.event();
        return new EventLine(
                event.kind(),
                writing.at(event.at()),
                name(event.clientId()),
                event.grantId().toString(),
                reason(event),
                Tally.of(event.outcomes().values()),
                facts(event.outcomes()),
                recorded.log(),
                recorded.number(),
                recorded.index());
    }

    /** Where the event itself does not say why. */
    private static Optional<String> reason(LedgerEvent event) {
        return switch (event.kind()) {
            case REVOKED,
                    INVALIDATED,
                    RELEASE_REFUSED,
                    RELEASE_ABORTED,
                    NOTICE_SENT,
                    NOTICE_ACKNOWLEDGED,
                    NOTICE_REFUSED,
                    AMENDMENT_REFUSED,
                    AMENDMENT_LAPSED -> event.reason();
            default -> Optional.empty();
        };
    }

    private List<EventLine.Fact> facts(Map<AttributeName, String> outcomes) {
        return catalogue.inOrder(outcomes.keySet()).stream()
                .flatMap(name -> catalogue.find(name).stream())
                .map(attribute -> fact(attribute, outcomes))
                .toList();
    }

    private EventLine.Fact fact(Attribute attribute, Map<AttributeName, String> outcomes) {
        return new EventLine.Fact(attribute.label(language.locale()), outcomes.getOrDefault(attribute.name(), ""));
    }

    private String name(ClientId id) {
        return clients.find(id).map(RegisteredClient::name).orElse(id.value());
    }
}

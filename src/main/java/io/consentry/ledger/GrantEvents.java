package io.consentry.ledger;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The events of one grant, as the ledger has them. They are sealed, so each is read before it is chosen. */
@ApplicationScoped
public class GrantEvents {

    private static final int BATCH = 200;

    private final History history;

    GrantEvents(History history) {
        this.history = history;
    }

    /**
     * Some of them, newest first.
     *
     * @param older where to go on reading; empty at the end
     */
    public record Page(List<RecordedEvent> events, OptionalLong older) {}

    /** As many as fit a page, of the wanted kinds. */
    public Page of(PersonId person, GrantId grant, Predicate<EventKind> wanted, OptionalLong before, int size) {
        List<RecordedEvent> found = new ArrayList<>();
        OptionalLong cursor = before;
        while (true) {
            List<RecordedEvent> batch = history.of(person, grant, cursor, BATCH);
            for (RecordedEvent recorded : batch) {
                boolean isWanted = wanted.test(recorded.event().kind());
                if (isWanted && found.size() == size) {
                    return new Page(found, OptionalLong.of(found.getLast().position()));
                }
                if (isWanted) {
                    found.add(recorded);
                }
                cursor = OptionalLong.of(recorded.position());
            }
            if (batch.size() < BATCH) {
                return new Page(found, OptionalLong.empty());
            }
        }
    }

    /** All of them, newest first. */
    public List<RecordedEvent> all(PersonId person, GrantId grant, Predicate<EventKind> wanted) {
        return of(person, grant, wanted, OptionalLong.empty(), Integer.MAX_VALUE)
                .events();
    }
}

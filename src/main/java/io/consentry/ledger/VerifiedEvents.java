package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How far a check of the ledger has come: what the next events are held against. */
final class VerifiedEvents {

    private final Map<UUID, GrantLife> lives = new HashMap<>();
    private final Map<PersonId, DataKey> keys = new HashMap<>();
    private final Map<PersonInLog, Long> numbers = new HashMap<>();
    private long count;
    private long last;

    /** How many commitments were verified. */
    long count() {
        return count;
    }

    /** The highest number among them; 0 before the first. */
    long last() {
        return last;
    }

    /** The keys that were found for them so far. */
    Map<PersonId, DataKey> keys() {
        return keys;
    }

    private record PersonInLog(PersonId person, int log) {}

    void add(FiledEvent.Verified verdict, List<String> problems) {
        count++;
        last = verdict.filed().id();
        problems.addAll(verdict.problems());
        addNumber(verdict.filed(), problems);
        verdict.event().ifPresent(event -> {
            UUID grant = event.grantId().value();
            GrantLife life = lives.getOrDefault(grant, GrantLife.NONE).then(event);
            lives.put(grant, life);
            verdict.filed().checkUse(event, life).ifPresent(problems::add);
        });
    }

    /** A person's events are numbered in the order in which they were committed to. */
    private void addNumber(FiledEvent filed, List<String> problems) {
        if (filed.person().isPresent() && filed.number().isPresent()) {
            long number = filed.number().getAsLong();
            Long before = numbers.put(new PersonInLog(filed.person().get(), filed.log()), number);
            if (before != null && before >= number) {
                problems.add("commitment " + filed.id() + " is its person's event " + number + " of log " + filed.log()
                        + ", behind event " + before);
            }
        }
    }

    void addProblemsOfLives(List<String> problems) {
        lives.forEach(
                (grant, life) -> life.problem().ifPresent(found -> problems.add("grant " + grant + ": " + found)));
    }

    /** Begins anew. */
    void forget() {
        lives.clear();
        keys.clear();
        numbers.clear();
        count = 0;
        last = 0;
    }
}

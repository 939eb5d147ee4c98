package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A commitment and what is filed with it, as the database says, for somebody to verify.
 *
 * @param log the log it is in
 * @param sealed the event; empty when it is lost
 * @param version of the grant; 0 from before versions were filed
 * @param step which use of its grant a release was; empty from before uses were filed, and of what is no use
 * @param number the how manieth of its person's events in its log it is; empty without a person
 */
record FiledEvent(
        long id,
        int log,
        Commitment commitment,
        Optional<PersonId> person,
        Optional<UUID> grant,
        Optional<byte[]> sealed,
        int version,
        OptionalLong step,
        OptionalLong number) {

    /** As the columns have it; what is null was never filed, or is lost. */
    static FiledEvent of(
            long id,
            short log,
            byte[] entry,
            @Nullable UUID person,
            @Nullable UUID grant,
            byte @Nullable [] sealed,
            @Nullable Integer version,
            @Nullable Long step,
            @Nullable Long number) {
        return new FiledEvent(
                id,
                log,
                new Commitment(entry),
                Optional.ofNullable(person).map(PersonId::new),
                Optional.ofNullable(grant),
                Optional.ofNullable(sealed),
                version == null ? 0 : version,
                optional(step),
                optional(number));
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /**
     * What was found.
     *
     * @param event what happened; empty when nobody can tell any more
     * @param problems one sentence for each thing that is wrong
     */
    record Verified(FiledEvent filed, Optional<LedgerEvent> event, List<String> problems) {}

    /** Opens it under the key of its person, if there is one, and holds it against its commitment. */
    Verified verify(Optional<DataKey> key) {
        if (sealed.isEmpty()) {
            return unreadable("has lost its event, and nothing says that it was erased");
        }
        if (key.isEmpty()) {
            return unreadable("belongs to a person without a key");
        }
        try {
            return verify(SealedEvent.open(key.get(), commitment, sealed.get()));
        } catch (IllegalStateException e) {
            return unreadable("has an event that does not open");
        }
    }

    private Verified verify(SealedEvent opened) {
        var problems = new ArrayList<String>();
        if (!commitment.covers(opened.canonical(), opened.opening())) {
            problems.add(say("covers another event than the one beside it"));
        }
        EventForm.Stated stated = EventForm.parse(opened.canonical());
        LedgerEvent event = stated.event();
        if (!grant.equals(Optional.of(event.grantId().value()))) {
            problems.add(say("is filed under another grant"));
        }
        if (log != event.grantId().log().value()) {
            problems.add(say("is in another log than its grant"));
        }
        if (version != 0 && version != event.version()) {
            problems.add(say("is filed under another version of its grant"));
        }
        checkNumber(stated.after()).ifPresent(problems::add);
        return new Verified(this, Optional.of(event), problems);
    }

    /** What an event says of those before it holds for ever: one that comes too early has lost some of them. */
    private Optional<String> checkNumber(OptionalLong after) {
        if (person.isEmpty()) {
            return Optional.empty();
        }
        if (number.isEmpty() || after.isEmpty()) {
            return Optional.of(say("has no place among its person's events"));
        }
        return number.getAsLong() > after.getAsLong()
                ? Optional.empty()
                : Optional.of(say("is its person's event " + number.getAsLong() + " of log " + log + ", and came after "
                        + after.getAsLong() + " others"));
    }

    /** What is wrong if it is filed as another use of its grant than it was in that grant's life. */
    Optional<String> checkUse(LedgerEvent event, GrantLife life) {
        boolean isAnother = event.kind() == EventKind.RELEASED
                && life instanceof GrantLife.At at
                && step.isPresent()
                && step.getAsLong() != at.uses();
        return isAnother ? Optional.of(say("is filed as another use of its grant")) : Optional.empty();
    }

    private Verified unreadable(String what) {
        return new Verified(this, Optional.empty(), List.of(say(what)));
    }

    private String say(String what) {
        return "commitment " + id + ' ' + what;
    }
}

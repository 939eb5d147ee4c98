package io.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a check of the ledger knows from the events before. */
class VerifiedEventsTest {

    private static final Commitment COMMITMENT = Commitment.to(new byte[0], Commitment.newOpening());
    private static final PersonId PERSON = new PersonId(UUID.randomUUID());

    private final VerifiedEvents verified = new VerifiedEvents();
    private final List<String> problems = new ArrayList<>();

    /** Where two were drafted at the same time, neither says anything of the other. */
    @Test
    void twoEventsOfAPersonThatHaveChangedNumbersAreNoticed() {
        add(1, 0, PERSON, 1);
        add(2, 0, PERSON, 3);
        add(3, 0, PERSON, 2);

        assertThat(problems).containsExactly("commitment 3 is its person's event 2 of log 0, behind event 3");
    }

    @Test
    void eachPersonIsCountedAloneInEachLog() {
        add(1, 0, PERSON, 7);
        add(2, 1, PERSON, 1);
        add(3, 0, new PersonId(UUID.randomUUID()), 1);
        add(4, 0, PERSON, 8);

        assertThat(problems).isEmpty();
    }

    private void add(long id, int log, PersonId person, long number) {
        var filed = new FiledEvent(
                id,
                log,
                COMMITMENT,
                Optional.of(person),
                Optional.empty(),
                Optional.empty(),
                1,
                OptionalLong.empty(),
                OptionalLong.of(number));
        verified.add(new FiledEvent.Verified(filed, Optional.empty(), List.of()), problems);
    }
}

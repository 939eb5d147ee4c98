package io.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.TestKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is found of an entry by whoever holds the keys, of somebody who could seal things anew among them. */
class FiledEventTest {

    private static final LedgerEvent EVENT = event();
    private static final UUID GRANT = EVENT.grantId().value();
    private static final byte[] OPENING = Commitment.newOpening();
    private static final Commitment COMMITMENT =
            Commitment.to(EventForm.canonical(EVENT, OptionalLong.empty()), OPENING);

    private final DataKey key = TestKeys.random();

    @Test
    void anEventThatIsWhatItsEntryCommitsToIsFine() {
        assertThat(problems(filed(sealed(EVENT, OPENING), GRANT, 3))).isEmpty();
        assertThat(problems(filed(sealed(EVENT, OPENING), GRANT, 0))).isEmpty();
    }

    @Test
    void anotherEventThatWasSealedForTheEntryIsNoticed() {
        assertThat(problems(filed(sealed(event(), OPENING), GRANT, 3)))
                .contains("commitment 7 covers another event than the one beside it");
        assertThat(problems(filed(sealed(EVENT, Commitment.newOpening()), GRANT, 3)))
                .containsExactly("commitment 7 covers another event than the one beside it");
    }

    @Test
    void whatIsFiledElsewhereIsNoticed() {
        assertThat(problems(filed(sealed(EVENT, OPENING), UUID.randomUUID(), 3)))
                .containsExactly("commitment 7 is filed under another grant");
        assertThat(problems(filed(sealed(EVENT, OPENING), GRANT, 4)))
                .containsExactly("commitment 7 is filed under another version of its grant");
    }

    @Test
    void whatCannotBeReadIsNoticed() {
        FiledEvent lost = new FiledEvent(
                7,
                0,
                COMMITMENT,
                Optional.empty(),
                Optional.of(GRANT),
                Optional.empty(),
                3,
                OptionalLong.empty(),
                OptionalLong.empty());

        assertThat(problems(lost))
                .containsExactly("commitment 7 has lost its event, and nothing says that it was erased");
        assertThat(filed(sealed(EVENT, OPENING), GRANT, 3)
                        .verify(Optional.empty())
                        .problems())
                .containsExactly("commitment 7 belongs to a person without a key");
        assertThat(filed(sealed(EVENT, OPENING), GRANT, 3)
                        .verify(Optional.of(TestKeys.random()))
                        .problems())
                .containsExactly("commitment 7 has an event that does not open");
    }

    @Test
    void anEventThatHasLostOneBeforeItIsNoticed() {
        assertThat(problems(numbered(OptionalLong.of(6), OptionalLong.of(5)))).isEmpty();
        assertThat(problems(numbered(OptionalLong.of(5), OptionalLong.of(5))))
                .containsExactly("commitment 7 is its person's event 5 of log 0, and came after 5 others");
        assertThat(problems(numbered(OptionalLong.empty(), OptionalLong.of(5))))
                .containsExactly("commitment 7 has no place among its person's events");
        assertThat(problems(numbered(OptionalLong.of(5), OptionalLong.empty())))
                .containsExactly("commitment 7 has no place among its person's events");
    }

    private FiledEvent numbered(OptionalLong number, OptionalLong after) {
        byte[] canonical = EventForm.canonical(EVENT, after);
        Commitment commitment = Commitment.to(canonical, OPENING);
        return new FiledEvent(
                7,
                0,
                commitment,
                Optional.of(new PersonId(UUID.randomUUID())),
                Optional.of(GRANT),
                Optional.of(SealedEvent.seal(key, commitment, OPENING, canonical)),
                3,
                OptionalLong.empty(),
                number);
    }

    @Test
    void anEventThatIsInAnotherLogThanItsGrantIsNoticed() {
        FiledEvent filed = filed(sealed(EVENT, OPENING), GRANT, 3);
        FiledEvent moved = new FiledEvent(
                7, 2, COMMITMENT, filed.person(), filed.grant(), filed.sealed(), 3, filed.step(), filed.number());

        assertThat(problems(moved)).containsExactly("commitment 7 is in another log than its grant");
    }

    private List<String> problems(FiledEvent filed) {
        return filed.verify(Optional.of(key)).problems();
    }

    private byte[] sealed(LedgerEvent event, byte[] opening) {
        return SealedEvent.seal(key, COMMITMENT, opening, EventForm.canonical(event, OptionalLong.empty()));
    }

    private static FiledEvent filed(byte[] sealed, UUID grant, int version) {
        return new FiledEvent(
                7,
                0,
                COMMITMENT,
                Optional.empty(),
                Optional.of(grant),
                Optional.of(sealed),
                version,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static LedgerEvent event() {
        return LedgerEvent.of(
                EventKind.RELEASED,
                Instant.EPOCH,
                new GrantId(UUID.randomUUID()),
                3,
                new ClientId("bank"),
                Actor.CLIENT);
    }
}

package io.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
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
    private static final Commitment COMMITMENT = Commitment.to(EventForm.canonical(EVENT), OPENING);

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
                7, 0, COMMITMENT, Optional.empty(), Optional.of(GRANT), Optional.empty(), 3, OptionalLong.empty());

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

    private List<String> problems(FiledEvent filed) {
        return filed.verify(Optional.of(key)).problems();
    }

    private byte[] sealed(LedgerEvent event, byte[] opening) {
        return SealedEvent.seal(key, COMMITMENT, opening, EventForm.canonical(event));
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

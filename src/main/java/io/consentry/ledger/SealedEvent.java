package io.consentry.ledger;

import io.consentry.key.DataKey;
import java.util.Arrays;
import java.util.HexFormat;

/** An opening and the canonical event after it, sealed for the entry that they belong to. */
record SealedEvent(byte[] opening, byte[] canonical) {

    static byte[] seal(DataKey key, Commitment commitment, byte[] opening, byte[] canonical) {
        byte[] both = Arrays.copyOf(opening, opening.length + canonical.length);
        System.arraycopy(canonical, 0, both, opening.length, canonical.length);
        return key.seal(both, context(commitment));
    }

    static SealedEvent open(DataKey key, Commitment commitment, byte[] sealed) {
        byte[] both = key.open(sealed, context(commitment));
        return new SealedEvent(
                Arrays.copyOf(both, Commitment.OPENING_BYTES),
                Arrays.copyOfRange(both, Commitment.OPENING_BYTES, both.length));
    }

    private static String context(Commitment commitment) {
        return "ledger-event/" + HexFormat.of().formatHex(commitment.entry());
    }
}

package io.consentry.ledger;

import io.consentry.kernel.LogNumber;
import java.util.OptionalLong;

/**
 * An event read back from the ledger.
 *
 * @param position grows with every event of the service; the cursor for paging
 * @param number the how manieth of its person's events in its log it is, from 1 on and without a gap
 * @param index its index in its log, once the sequencer has given it one
 * @param leafHash the leaf hash in base64
 */
public record RecordedEvent(long position, long number, LedgerEvent event, OptionalLong index, String leafHash) {

    /** The log that the index is in. */
    public LogNumber log() {
        return event.grantId().log();
    }
}

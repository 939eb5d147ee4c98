package io.consentry.ledger;

import java.util.OptionalLong;

/**
 * An event read back from the ledger.
 *
 * @param position grows with every event of the service; the cursor for paging
 * @param index its index in the log, once the sequencer has given it one
 * @param leafHash the leaf hash in base64
 */
public record RecordedEvent(long position, LedgerEvent event, OptionalLong index, String leafHash) {}

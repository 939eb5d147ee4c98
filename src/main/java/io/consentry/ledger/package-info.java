/**
 * Append, sequence and verify: keyed commitments that name nobody, with the event and its opening sealed beside them.
 */
@NullMarked
@MayUse({"database", "health", "key", "schema"})
@Owns({
    "ledger_commitment",
    "ledger_event",
    "ledger_person",
    "ledger_staged",
    "ledger_entry",
    "ledger_tree",
    "ledger_follower",
    "ledger_outbox"
})
package io.consentry.ledger;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

/**
 * Append, sequence and verify: keyed commitments that name nobody, with the event and its opening sealed beside them.
 */
@NullMarked
@MayUse({"database", "health", "key", "http"})
package io.consentry.ledger;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

/**
 * What strangers see of the ledger: its order becomes tiles and signed checkpoints, in a store outside the database, and is served
 * from there. What the store has seen, a database that went back in time cannot take back.
 */
@NullMarked
@MayUse({"database", "health", "key", "ledger", "schema", "tlog", "witness"})
@Owns({"log_key", "log_published"})
package io.consentry.publication;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

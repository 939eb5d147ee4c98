/**
 * Receipts: a file with which a person shows anybody that an event of theirs is in the log, without anybody having to trust us.
 */
@NullMarked
@MayUse({"consent", "export", "key", "ledger", "person", "publication", "tlog"})
package io.consentry.receipt;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

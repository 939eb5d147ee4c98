/**
 * The witnesses that a policy names: shown every checkpoint, asked for their cosignatures, and missed when too few of them answer.
 * Withdrawals, refusals and pages never depend on them.
 */
@NullMarked
@MayUse({"database", "health", "tlog"})
package io.consentry.witness;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

/**
 * The formats and the arithmetic of transparency logs (C2SP, RFC 6962), without a database, a clock or a network: tiles, proofs,
 * signed notes, checkpoints, cosignatures, policies. The service publishes with it, and whoever trusts nobody verifies with it.
 */
@NullMarked
@MayUse({})
package io.consentry.tlog;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

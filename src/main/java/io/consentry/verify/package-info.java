/**
 * Checks a log, a receipt or a proof without the service, its database or its word: from a public address or from files alone.
 *
 * <p>A program of its own ({@link io.consentry.verify.Verify}); nothing of the service runs in it.
 */
@NullMarked
@MayUse({"tlog"})
package io.consentry.verify;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

/**
 * A witness, as somebody else runs one: a program of its own that cosigns checkpoints of the logs it was told of, each only when
 * it goes on from the one before (C2SP tlog-witness, tlog-cosignature). Knows nothing of the service, and needs no database.
 */
@NullMarked
@MayUse({"tlog"})
package io.consentry.cosigner;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

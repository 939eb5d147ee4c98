/**
 * Pages and JSON API of the person: sign in, decide, look back, withdraw.
 */
@NullMarked
@MayUse({
    "authorization",
    "consent",
    "key",
    "export",
    "ledger",
    "obligation",
    "release",
    "source",
    "person",
    "client",
    "catalogue",
    "http"
})
package io.consentry.resident;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

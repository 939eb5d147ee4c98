/**
 * The demo bank: a client like any other, which knows Consentry by what it answers over HTTP and by nothing else. Its pages ask
 * a customer for a form's worth of facts and fill in what it was given; {@code scripts/flow} does the same from a shell.
 * Inactive in production mode.
 */
@NullMarked
@MayUse({"catalogue", "http", "tls", "wording"})
package io.consentry.bank;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

/** The JSON API of the signed-in person, /api/me: the same consents, their trail and records, and the same acts. */
@NullMarked
@MayUse({"consent", "ledger", "obligation", "export", "person", "client", "catalogue", "http"})
package io.consentry.me;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

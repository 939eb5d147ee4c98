/** The person's own pages under /me: what they allowed, what became of it, and how they change or end it. */
@NullMarked
@MayUse({"consent", "ledger", "obligation", "person", "client", "catalogue", "wording", "http"})
package io.consentry.resident;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

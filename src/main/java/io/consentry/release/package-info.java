/**
 * The data API: token, consent in force, fetch, keep what was granted, seal, record, answer; and the preview of the same
 * for the consent page.
 */
@NullMarked
@MayUse({"catalogue", "client", "consent", "key", "ledger", "person", "schema", "source", "token", "database", "witness"
})
@Owns("refusal_on_record")
package io.consentry.release;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

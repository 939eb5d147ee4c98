/**
 * What was asked, what the person answered, and whether it still holds: a sealed life cycle with a ledger entry on
 * every edge, sealed rows, and limits that are counted under the lock of the row.
 */
@NullMarked
@MayUse({"database", "health", "ledger", "key", "catalogue", "schema"})
@Owns({"consent", "consent_record", "amendment", "revocation_order", "revocation_progress", "reminder"})
package io.consentry.consent;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

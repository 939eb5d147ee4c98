/**
 * A person's consents in open formats, to take along: as plain JSON, and by ISO/IEC TS 27560 as JSON-LD. Never a value.
 */
@NullMarked
@MayUse({"consent", "ledger", "person", "client", "catalogue", "wording"})
package io.consentry.export;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

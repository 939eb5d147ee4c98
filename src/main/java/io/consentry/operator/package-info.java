/**
 * The operator's command line: small verbs, one class each, that act on the same database with the same master key as the
 * running nodes, and leave a record of who did what.
 */
@NullMarked
@MayUse({"catalogue", "client", "key", "consent", "obligation", "ledger", "publication", "database", "schema"})
@Owns({"operator_act"})
package io.consentry.operator;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

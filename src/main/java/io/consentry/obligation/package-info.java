/**
 * What a client owes after a grant has ended under which something was released: to have deleted it by a day, and to say so
 * in writing. Comes into being with the end, in its transaction; overdue is judged when it is read.
 */
@NullMarked
@MayUse({"token", "consent", "database", "ledger", "key", "client", "catalogue", "schema"})
@Owns({"obligation"})
package io.consentry.obligation;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

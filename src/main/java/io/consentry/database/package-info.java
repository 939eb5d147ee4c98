/**
 * PostgreSQL as the service uses it: what is checked of a database before the service serves, how long it is waited for, one connection
 * for a request, the clock that everybody goes by, and the sweeping of rows.
 */
@NullMarked
@MayUse({"schema"})
@Owns({"database_mode", "clock_mark"})
package io.consentry.database;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

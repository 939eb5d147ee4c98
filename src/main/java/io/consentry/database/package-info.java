/**
 * PostgreSQL: the embedded one and its two roles, and what is checked of any database before the service serves.
 */
@NullMarked
@MayUse({})
@Owns({"database_mode", "clock_mark"})
package io.consentry.database;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

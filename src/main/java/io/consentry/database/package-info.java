/**
 * PostgreSQL: the embedded one and its two roles, and what is checked of any database before the service serves.
 */
@NullMarked
@MayUse({})
package io.consentry.database;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

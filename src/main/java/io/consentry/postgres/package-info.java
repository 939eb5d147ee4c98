/**
 * The embedded PostgreSQL: unpacked, initialised, started and stopped, with its two roles and their passwords, for a sandbox that
 * has no other database; and how another process finds the one that is running.
 */
@NullMarked
@MayUse({"database"})
package io.consentry.postgres;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

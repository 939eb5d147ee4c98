/**
 * Residents' rows and sealed identity numbers, sessions, and the {@code SignInMethod} interface.
 */
@NullMarked
@MayUse({"http", "key", "schema", "database"})
@Owns({"person", "session", "ended_session"})
package io.consentry.person;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

/**
 * Residents' rows and sealed identity numbers, sessions, and the {@code SignInMethod} interface.
 */
@NullMarked
@MayUse({"key", "http"})
package io.consentry.person;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

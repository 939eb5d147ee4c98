/** The smallest values that every package shares: ids, clock, settings, {@code Fault}. At most fifteen files. */
@NullMarked
@MayUse({})
package io.consentry.kernel;

import org.jspecify.annotations.NullMarked;

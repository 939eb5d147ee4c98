/**
 * The attributes: scope, label, shape, source and sensitivity; and the purposes for which they are asked.
 */
@NullMarked
@MayUse({})
package io.consentry.catalogue;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

/** The program's entry; each package below is one capability. */
@NullMarked
@MayUse({"launch", "operator"})
package io.consentry;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

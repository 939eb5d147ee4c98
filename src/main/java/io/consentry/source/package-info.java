/**
 * One adapter for each government source behind one small interface: deadlines, breakers and typed outcomes.
 */
@NullMarked
@MayUse({"catalogue", "health"})
package io.consentry.source;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

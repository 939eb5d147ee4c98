/**
 * Whether this node can serve, and what lies behind on all of them: looked at in the background, told from memory, and
 * measured. What each probe means to an operator stands in {@code src/docs/health.md}.
 */
@NullMarked
@MayUse({"database", "postgres"})
package io.consentry.health;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

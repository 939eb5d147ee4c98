/** Which test proves which requirement: the matrix, and that it has no holes but the known ones. */
@NullMarked
package io.consentry.requirement;

import org.jspecify.annotations.NullMarked;

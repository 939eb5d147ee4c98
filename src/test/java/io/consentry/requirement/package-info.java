/**
 * Which test proves which requirement, and which code enforces which clause: the matrix, and that it has no holes but the known
 * ones.
 */
@NullMarked
package io.consentry.requirement;

import org.jspecify.annotations.NullMarked;

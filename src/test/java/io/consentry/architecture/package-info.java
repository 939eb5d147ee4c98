/** The rules of the code itself: the package map, and what no class may do. */
@NullMarked
package io.consentry.architecture;

import org.jspecify.annotations.NullMarked;

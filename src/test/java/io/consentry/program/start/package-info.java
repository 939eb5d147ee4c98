/** Starts of the whole program that fail, race or are cut off. */
@NullMarked
package io.consentry.program.start;

import org.jspecify.annotations.NullMarked;

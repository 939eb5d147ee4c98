/** Small faults that are planted in the program one at a time, each for a test that must notice it: {@code scripts/plant-faults}. */
@NullMarked
package io.consentry.fault;

import org.jspecify.annotations.NullMarked;

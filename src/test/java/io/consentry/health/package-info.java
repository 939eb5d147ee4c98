/** What probes and metrics tell of a node and of what all nodes share. */
@NullMarked
package io.consentry.health;

import org.jspecify.annotations.NullMarked;

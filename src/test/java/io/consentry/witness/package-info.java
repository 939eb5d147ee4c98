/** What the service owes to witnesses, and does without them. */
@NullMarked
package io.consentry.witness;

import org.jspecify.annotations.NullMarked;

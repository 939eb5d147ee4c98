/**
 * Pages for whoever builds against the service or first hears of it: the front door, the API, and what each error means.
 */
@NullMarked
@MayUse({"client", "wording"})
package io.consentry.developer;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

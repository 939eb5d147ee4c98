/**
 * The one client for addresses that others chose: where a client publishes its keys, where it takes its events. Such an
 * address must become neither a way into our own network nor a weight on our threads.
 */
@NullMarked
@MayUse({})
package io.consentry.outbound;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

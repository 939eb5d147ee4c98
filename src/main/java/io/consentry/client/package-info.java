/**
 * Registered clients: keys, redirect URIs, purpose, and the attributes each may ask for.
 */
@NullMarked
@MayUse({"catalogue", "key", "outbound"})
package io.consentry.client;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

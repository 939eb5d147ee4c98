/**
 * Registered clients: keys, redirect URIs, purpose, and the attributes each may ask for.
 */
@NullMarked
@MayUse({"catalogue", "key", "outbound", "database", "schema"})
@Owns({"client", "client_version"})
package io.consentry.client;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

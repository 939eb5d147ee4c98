/**
 * Mock agencies, invented people, ready-made clients, headless approval and sign-in. Inactive in production mode; nothing
 * imports it.
 */
@NullMarked
@MayUse({
    "authorization",
    "bank",
    "catalogue",
    "client",
    "consent",
    "database",
    "developer",
    "http",
    "person",
    "schema",
    "wording"
})
@Owns({"sandbox_client"})
package io.consentry.sandbox;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

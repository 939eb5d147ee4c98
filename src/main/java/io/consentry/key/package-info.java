/**
 * Signing keys and the JWKS, the master key, sealing under a key per person, and the crypto provider.
 */
@NullMarked
@MayUse({"database", "health", "schema"})
@Owns({"signing_key", "person_key"})
package io.consentry.key;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

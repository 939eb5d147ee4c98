/**
 * Signing keys and the JWKS, the master key, sealing under a key per person, and the crypto provider.
 */
@NullMarked
@MayUse({"health"})
package io.consentry.key;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;

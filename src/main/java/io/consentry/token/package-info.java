/**
 * Access, refresh and client tokens, what binds them to their sender (DPoP proofs, certificates), nonces and used {@code jti}s.
 * A token of a code: issued in the transaction that redeems it, presented with proof of possession, revoked by itself, with the
 * refresh token it came from or with its whole family when the code comes twice; swept a day after it expired.
 */
@NullMarked
@MayUse({"client", "http", "key", "schema", "tls", "database"})
@Owns({"access_token", "refresh_token", "client_token", "revoked_token", "used_jti"})
package io.consentry.token;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;

package io.consentry.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import io.consentry.client.KeySets;
import io.consentry.client.RegisteredClient;
import java.security.PublicKey;
import java.util.List;

/**
 * Which algorithms a client may use was checked before. Finds the registered keys that could have signed an assertion: by
 * algorithm, by use, and by {@code kid} if it has one (RFC 7517 §4.5); of those a few, so that a forged assertion
 * costs little. A key that the assertion brings along or points to, {@code jwk}, {@code jku} or {@code x5u}, is not looked at (FAPI 2.0 §5.4.2-2, RFC 8725 §3.10).
 */
record ClientKeySelector(KeySets keys) {

    /** Verifications that one assertion may cost. A client with more keys of a kind names its key by {@code kid}. */
    private static final int TRIED = 4;

    List<PublicKey> select(RegisteredClient client, JWSHeader header) {
        return keys.thatMayHaveSigned(client, header).stream()
                .limit(TRIED)
                .map(ClientKeySelector::publicKey)
                .toList();
    }

    private static PublicKey publicKey(JWK key) {
        try {
            return ((AsymmetricJWK) key).toPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("a registered key cannot be read", e);
        }
    }
}

package io.consentry.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.oauth2.sdk.assertions.jwt.JWTAssertionDetailsVerifier;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import io.consentry.client.RegisteredClient;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/**
 * Whether an assertion names us, is in its time (RFC 7523 §3) and is signed by a registered key. What the SDK's
 * {@code ClientAuthenticationVerifier} does, by our clock: that one asks the machine's, and cannot be told otherwise.
 */
final class AssertionVerifier {

    private final ClientKeySelector keys;
    private final JWTAssertionDetailsVerifier details;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    AssertionVerifier(ClientKeySelector keys, Set<Audience> audience, InstantSource clock, Duration skew) {
        this.keys = keys;
        this.details = new JWTAssertionDetailsVerifier(audience) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        };
        details.setMaxClockSkew((int) skew.toSeconds());
    }

    void verify(PrivateKeyJWT assertion, RegisteredClient client) throws BadJWTException, JOSEException {
        details.verify(assertion.getJWTAuthenticationClaimsSet().toJWTClaimsSet(), null);
        SignedJWT signed = assertion.getClientAssertion();
        for (PublicKey key : keys.select(client, signed.getHeader())) {
            if (signed.verify(verifiers.createJWSVerifier(signed.getHeader(), key))) {
                return;
            }
        }
        throw new BadJWTException("no registered key has signed it");
    }
}

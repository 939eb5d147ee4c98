package io.consentry.attacker;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.consentry.testing.Call;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import java.text.ParseException;

/** What a client that keeps to the standards makes of an ID token (OpenID Connect Core §3.1.3.7), by a published library. */
record HonestClient(TestClient registration) {

    /** Whether it would sign somebody in by this token in the session of this nonce. */
    boolean signsInBy(String idToken, String nonce) {
        try {
            var published =
                    JWKSet.parse(Call.to("GET", "/.well-known/keys").send().body());
            new IDTokenValidator(
                            new Issuer(Service.issuer()),
                            new ClientID(registration.id()),
                            new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(published)),
                            null)
                    .validate(JWTParser.parse(idToken), new Nonce(nonce));
            return true;
        } catch (BadJOSEException e) {
            return false;
        } catch (JOSEException | ParseException e) {
            throw new AssertionError(e);
        }
    }
}

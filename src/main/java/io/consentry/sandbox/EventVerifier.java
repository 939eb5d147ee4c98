package io.consentry.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Set;

/**
 * A Security Event Token as its recipient verifies it (RFC 8417 §4): type, algorithm and key of the issuer, issuer, and
 * itself as the audience. Has no say on replays: a recipient compares the {@code jti}.
 */
public final class EventVerifier {

    private static final Set<String> REQUIRED = Set.of("iss", "aud", "iat", "jti", "events");

    private final String issuer;
    private final JWKSource<SecurityContext> keys;

    /** For events of an issuer whose keys lie at an address: fetched once, and again when a {@code kid} is unknown. */
    public EventVerifier(String issuer, URI keys) {
        this.issuer = issuer;
        try {
            this.keys = JWKSourceBuilder.create(keys.toURL()).rateLimited(false).build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The claims of a token for this client; throws when anything is wrong with it. */
    public JWTClaimsSet verify(String token, String clientId) throws ParseException, BadJOSEException, JOSEException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("secevent+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWTClaimsSetVerifier(claims(clientId));
        return processor.process(token, null);
    }

    private JWTClaimsSetVerifier<SecurityContext> claims(String clientId) {
        return new DefaultJWTClaimsVerifier<>(
                clientId, new JWTClaimsSet.Builder().issuer(issuer).build(), REQUIRED);
    }
}

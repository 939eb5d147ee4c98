package io.consentry.token;

import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.consentry.client.SignedHeader;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A DPoP proof whose {@code htu} reads as RFC 9449 §4.3 has it compared: without query and fragment, scheme and host in
 * small letters, no default port, no dot segments (RFC 3986 §6.2), and of which some things are apart. A {@code nonce} the SDK
 * refuses unless it was told it, and whether ours is fresh is for {@link DpopNonces} to say; {@code exp} and {@code nbf} it
 * holds against the machine's clock, and we against ours. Its {@code typ} reads as a media type (RFC 7515 §4.1.9). The
 * signature still covers what was sent.
 */
final class DpopProof extends SignedJWT {

    private static final long serialVersionUID = 1L;
    private static final String HTU = "htu";
    private static final int LEAST_RSA_BITS = 2048;
    private static final String NONCE = "nonce";
    private static final Set<String> APART = Set.of(NONCE, "exp", "nbf");
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

    private DpopProof(Base64URL header, Base64URL claims, Base64URL signature) throws ParseException {
        super(header, claims, signature);
    }

    /** Reads the compact form; throws when it is not that of a signed JWT. */
    public static DpopProof parse(String text) throws ParseException {
        Base64URL[] parts = JOSEObject.split(text);
        if (parts.length != 3) {
            throw new ParseException("not three parts", 0);
        }
        var proof = new DpopProof(parts[0], parts[1], parts[2]);
        if (SignedHeader.isCritical(proof.getHeader())) {
            throw Fault.of(FaultCode.INVALID_DPOP_PROOF, "Leave crit out.")
                    .expecting("no crit", "crit " + proof.getHeader().getCriticalParams())
                    .raise();
        }
        refuseWeak(proof.getHeader().getJWK());
        return proof;
    }

    /** FAPI 2.0 §5.4.1-2; the SDK looks at the length of keys that sign, and not of those that verify. */
    private static void refuseWeak(@Nullable JWK key) {
        if (key instanceof RSAKey && key.size() < LEAST_RSA_BITS) {
            throw Fault.of(FaultCode.INVALID_DPOP_PROOF, "Use a longer RSA key, or one on P-256.")
                    .expecting("an RSA key of at least " + LEAST_RSA_BITS + " bits", key.size() + " bits")
                    .raise();
        }
    }

    /** With the {@code typ} in its short form, which is how the SDK compares it. */
    @Override
    public JWSHeader getHeader() {
        JWSHeader sent = super.getHeader();
        return sent.getType() == null
                ? sent
                : new JWSHeader.Builder(sent)
                        .type(new JOSEObjectType(SignedHeader.type(sent.getType())))
                        .parsedBase64URL(sent.getParsedBase64URL())
                        .build();
    }

    @Override
    public JWTClaimsSet getJWTClaimsSet() throws ParseException {
        var claims = new JWTClaimsSet.Builder();
        super.getJWTClaimsSet().getClaims().forEach((name, value) -> {
            if (!APART.contains(name)) {
                claims.claim(name, value instanceof String htu && name.equals(HTU) ? normalized(htu) : value);
            }
        });
        return claims.build();
    }

    /** The {@code nonce}, whatever it is; nothing without one. */
    @Nullable Object nonce() throws ParseException {
        return super.getJWTClaimsSet().getClaim(NONCE);
    }

    /**
     * Whether it was made a short while ago, and is in the time that it gives itself, by clocks that may differ by so much
     * (RFC 9449 §11.1, FAPI 2.0 §5.3.2.1-13).
     */
    boolean isTimely(Instant now, Duration age, Duration skew) throws ParseException {
        JWTClaimsSet claims = super.getJWTClaimsSet();
        Instant made = claims.getIssueTime().toInstant();
        return !made.isBefore(now.minus(age.compareTo(skew) > 0 ? age : skew))
                && !made.isAfter(now.plus(skew))
                && (claims.getExpirationTime() == null
                        || claims.getExpirationTime().toInstant().isAfter(now.minus(skew)))
                && (claims.getNotBeforeTime() == null
                        || claims.getNotBeforeTime().toInstant().isBefore(now.plus(skew)));
    }

    /** The normal form; the text itself when it is no address. */
    private static String normalized(String htu) {
        try {
            URI uri = new URI(htu).normalize();
            if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return htu;
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean named =
                    uri.getPort() >= 0 && !Integer.valueOf(uri.getPort()).equals(DEFAULT_PORTS.get(scheme));
            String port = named ? ":" + uri.getPort() : "";
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + uri.getRawPath();
        } catch (URISyntaxException e) {
            return htu;
        }
    }
}

package io.consentry.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPTokenRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import io.consentry.client.LenienciesUsed;
import io.consentry.client.Leniency;
import io.consentry.client.RegisteredClient;
import io.consentry.client.Strictness;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies DPoP proofs (RFC 9449 §4.3): one header, ES256 or PS256, for this method and address as configured, recent,
 * and used once over all nodes. For a client that is so registered, with a nonce of ours, and a fresh one with every answer.
 */
@ApplicationScoped
public class DpopProofs {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256);

    private static final Set<JWSAlgorithm> LENIENT_ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    /** The SDK holds {@code iat} against the machine's clock, however far that is off; we hold it against ours. */
    private static final long ANY_AGE = Integer.MAX_VALUE;

    private final UsedJtis jtis;
    private final DpopNonces nonces;
    private final LenienciesUsed leniencies;
    private final InstantSource clock;
    private final Endpoints endpoints;
    private final TokenSettings settings;

    DpopProofs(
            UsedJtis jtis,
            DpopNonces nonces,
            LenienciesUsed leniencies,
            InstantSource clock,
            Endpoints endpoints,
            TokenSettings settings) {
        this.jtis = jtis;
        this.nonces = nonces;
        this.leniencies = leniencies;
        this.clock = clock;
        this.endpoints = endpoints;
        this.settings = settings;
    }

    /** The thumbprint (RFC 7638) of the key that signed the proof of a POST to an endpoint such as {@code /par}; empty without one. */
    public Optional<String> atEndpoint(String endpoint, RegisteredClient client, List<String> headers) {
        Strictness strictness = client.strictness();
        handOutNonce(strictness);
        return single(headers).map(text -> {
            DpopProof proof = parse(text);
            var verifier = new DPoPTokenRequestVerifier(algorithms(strictness), uri(endpoint), ANY_AGE, ANY_AGE, null);
            try {
                String thumbprint =
                        verifier.verify(issuer(proof), proof).getValue().toString();
                isTimely(proof);
                hasFreshNonce(proof, strictness);
                useOnce(thumbprint, proof);
                noteLeniency(proof, client.id());
                return thumbprint;
            } catch (InvalidDPoPProofException e) {
                throw refused(e.getMessage());
            } catch (JOSEException e) {
                throw refused("a signature that cannot be verified");
            }
        });
    }

    /** Checks the proof that goes with an access token at a resource, by the key that the token is bound to. */
    void atResource(String method, String resource, List<String> headers, Possession possession) {
        Strictness strictness = possession.strictness();
        handOutNonce(strictness);
        DpopProof proof = parse(single(headers)
                .orElseThrow(() -> Fault.of(FaultCode.MISSING_DPOP_PROOF, "Send a DPoP header with the access token.")
                        .raise()));
        var verifier = new DPoPProtectedResourceRequestVerifier(algorithms(strictness), ANY_AGE, ANY_AGE, null);
        try {
            verifier.verify(
                    method,
                    uri(resource),
                    issuer(proof),
                    proof,
                    new DPoPAccessToken(possession.token().value()),
                    new JWKThumbprintConfirmation(new Base64URL(possession.boundTo())));
            isTimely(proof);
            hasFreshNonce(proof, strictness);
            useOnce(possession.boundTo(), proof);
            noteLeniency(proof, possession.client());
        } catch (InvalidDPoPProofException e) {
            throw refused(e.getMessage());
        } catch (AccessTokenValidationException e) {
            throw Fault.of(FaultCode.DPOP_KEY_MISMATCH, "Use the key that the access token was issued for.")
                    .expecting("the bound key and the ath of this token", e.getMessage())
                    .raise();
        } catch (JOSEException e) {
            throw refused("a signature that cannot be verified");
        }
    }

    private void handOutNonce(Strictness strictness) {
        if (strictness.dpopNonceRequired()) {
            nonces.handOut();
        }
    }

    /** RFC 9449 §8: before the {@code jti} is used up. A nonce that nobody asked for is passed over like any other claim. */
    private void hasFreshNonce(DpopProof proof, Strictness strictness) {
        if (strictness.dpopNonceRequired() && !nonces.isFresh(nonce(proof))) {
            throw Fault.of(FaultCode.USE_DPOP_NONCE, "Put the nonce of the DPoP-Nonce header into the proof.")
                    .expecting("a nonce from a recent DPoP-Nonce header", "none, or one that is too old")
                    .suggesting("Send the request again with a new proof that has the nonce of this answer.")
                    .raise();
        }
    }

    private void noteLeniency(DpopProof proof, ClientId client) {
        if (!ALGORITHMS.contains(proof.getHeader().getAlgorithm())) {
            leniencies.by(client, Leniency.PROOF_ALG_ES384_ES512);
        }
    }

    private static Set<JWSAlgorithm> algorithms(Strictness strictness) {
        return strictness.allows(Leniency.PROOF_ALG_ES384_ES512) ? LENIENT_ALGORITHMS : ALGORITHMS;
    }

    private static Optional<String> single(List<String> headers) {
        if (headers.size() > 1) {
            throw refused(headers.size() + " DPoP headers");
        }
        return headers.stream().findFirst();
    }

    private static DpopProof parse(String text) {
        try {
            DpopProof proof = DpopProof.parse(text);
            if (proof.getHeader().getJWK() == null) {
                throw refused("no jwk in the header");
            }
            return proof;
        } catch (ParseException e) {
            throw refused("something that is not a signed JWT");
        }
    }

    private void useOnce(String thumbprint, DpopProof proof) {
        String jti = claims(proof).getJWTID();
        if (jti.isBlank()) {
            throw refused("an empty jti");
        }
        Instant until = clock.instant()
                .plus(settings.proofAge())
                .plus(settings.clockSkew().multipliedBy(2));
        if (!jtis.useOnce("dpop/" + thumbprint, jti, until)) {
            throw Fault.of(FaultCode.DPOP_PROOF_REPLAYED, "Make a new proof for each request.")
                    .raise();
        }
    }

    private void isTimely(DpopProof proof) {
        try {
            if (!proof.isTimely(clock.instant(), settings.proofAge(), settings.clockSkew())) {
                throw refused("one that was made too long ago, or for a time to come");
            }
        } catch (ParseException e) {
            throw refused("claims that cannot be read");
        }
    }

    private static @Nullable Object nonce(DpopProof proof) {
        try {
            return proof.nonce();
        } catch (ParseException e) {
            throw refused("claims that cannot be read");
        }
    }

    private static JWTClaimsSet claims(DpopProof proof) {
        try {
            return proof.getJWTClaimsSet();
        } catch (ParseException e) {
            throw refused("claims that cannot be read");
        }
    }

    private static RuntimeException refused(@Nullable String came) {
        return Fault.of(FaultCode.INVALID_DPOP_PROOF, "Check htm, htu, iat, jti, ath and the key.")
                .expecting("one proof as RFC 9449 §4.2 has it", came)
                .raise();
    }

    private static DPoPIssuer issuer(DpopProof proof) {
        return new DPoPIssuer(proof.getHeader().getJWK().getKeyType().getValue());
    }

    private URI uri(String path) {
        return endpoints.here(path);
    }
}

package io.consentry.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import io.consentry.tlog.Hash;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The service's signed word that an entry will be in its log by a time: a compact JWS (RFC 7515) of type
 * {@code consentry-promise+jwt} over {@code origin}, {@code leaf_hash} and {@code promised_by}.
 */
final class Promise {

    private static final String TYPE = "consentry-promise+jwt";

    private final JWSObject jws;
    private final Map<String, Object> claims;

    /** A promise whose signature holds. */
    record Signed(Instant by) {}

    private Promise(JWSObject jws, Map<String, Object> claims) {
        this.jws = jws;
        this.claims = claims;
    }

    /** Reads one; throws {@code IllegalArgumentException} with a sentence when it is none. */
    static Promise parse(String compact) {
        try {
            JWSObject jws = JWSObject.parse(compact);
            for (Base64URL part : jws.getParsedParts()) {
                // The parser passes over what is no base64url, which could then be altered unseen.
                if (!Base64URL.encode(part.decode()).equals(part)) {
                    throw new IllegalArgumentException("It is no base64url in its canonical form.");
                }
            }
            Map<String, Object> claims = jws.getPayload().toJSONObject();
            if (jws.getHeader().getType() == null
                    || !TYPE.equals(jws.getHeader().getType().getType())) {
                throw new IllegalArgumentException("It is not of type " + TYPE + ".");
            }
            if (claims == null || !(claims.get("promised_by") instanceof Long)) {
                throw new IllegalArgumentException("It does not say by when.");
            }
            return new Promise(jws, claims);
        } catch (ParseException e) {
            throw new IllegalArgumentException("It cannot be read (RFC 7515).", e);
        }
    }

    /** Throws {@code IllegalArgumentException} when it promises something else. */
    void mustBeOf(String origin, Hash leaf) {
        if (!origin.equals(claims.get("origin")) || !leaf.toString().equals(claims.get("leaf_hash"))) {
            throw new IllegalArgumentException("It is about another entry or another log.");
        }
    }

    /** Throws {@code IllegalArgumentException} when none of these keys made it. */
    Signed verified(String keys) {
        try {
            JWK key = JWKSet.parse(keys).getKeyByKeyId(jws.getHeader().getKeyID());
            if (key == null) {
                throw new IllegalArgumentException("It is signed by a key that is not in the set: "
                        + jws.getHeader().getKeyID() + ".");
            }
            if (!jws.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
                    || !jws.verify(new ECDSAVerifier(key.toECKey()))) {
                throw new IllegalArgumentException("Its signature is not valid.");
            }
            return new Signed(Instant.ofEpochSecond((Long) Objects.requireNonNull(claims.get("promised_by"))));
        } catch (ParseException e) {
            throw new IllegalArgumentException("The keys that were given are no JWK Set (RFC 7517).", e);
        } catch (JOSEException | ClassCastException | DateTimeException e) {
            throw new IllegalArgumentException("Its signature cannot be checked: " + e.getMessage() + ".", e);
        }
    }
}

package io.consentry.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.consentry.client.TokenEndpointAuth.PrivateKeyJwt;
import io.consentry.client.TokenEndpointAuth.SelfSignedTls;
import io.consentry.client.TokenEndpointAuth.TlsClientAuth;
import java.text.ParseException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client's public keys must be good for, judged by the set alone. */
final class ClientKeys {

    /** Enough to rotate every kind twice; each costs whoever has to look through the set. */
    static final int MOST = 16;

    private static final int LEAST_RSA_BITS = 2048; // FAPI 2.0 §5.4.1-2, RFC 7518 §3.5
    /** FAPI 2.0 §5.4.1-3 wants 224 bits of a curve; these have 256 and more. */
    private static final Set<Curve> NIST_CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    /** RFC 7518 §6.2.2, §6.3.2 and §6.4; {@code k} makes a symmetric key, which is private as a whole. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final JsonMapper JSON = new JsonMapper();

    /** What a key may be used for when it says so by {@code key_ops} (RFC 7517 §4.3). */
    private static final Set<KeyOperation> VERIFYING = Set.of(KeyOperation.VERIFY);

    private static final Set<KeyOperation> AGREEING = Set.of(KeyOperation.DERIVE_KEY, KeyOperation.DERIVE_BITS);

    private static final Set<String> SIGNATURES = Set.of("ES256", "PS256");
    private static final Set<String> LARGER_SIGNATURES = Set.of("ES256", "PS256", "ES384", "ES512");

    private ClientKeys() {}

    /**
     * What is wrong with the key set, as a sentence; empty when nothing is.
     *
     * @param method how the client authenticates, which decides what keys it needs for that
     * @param largerCurves whether P-384 and P-521 will do for signatures, too
     * @param answers how it is answered: whatever is encrypted needs a key that will do for its algorithm
     */
    static Optional<String> fault(
            String jwks, TokenEndpointAuth method, boolean largerCurves, List<JoseRegistration> answers) {
        if (holdsPrivateMember(jwks)) {
            return Optional.of("holds a private key: make a new one, and register its public part only");
        }
        if (count(jwks) > MOST) {
            return Optional.of("holds " + count(jwks) + " keys, and " + MOST + " at most will do");
        }
        JWKSet keys;
        try {
            keys = JWKSet.parse(jwks);
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.of("is not a JWK set (RFC 7517 §5)");
        }
        if (keys.getKeys().stream().anyMatch(ClientKeys::isWeakRsa)) {
            return Optional.of("holds an RSA key of fewer than 2048 bits");
        }
        if (!kidsDiffer(keys)) {
            return Optional.of("holds two keys with the same kid");
        }
        Optional<String> lacking = lacking(keys, method, largerCurves);
        if (lacking.isPresent()) {
            return lacking;
        }
        return answers.stream()
                .flatMap(answer -> answer.encryptedAlg().stream())
                .filter(alg -> keys.getKeys().stream().noneMatch(key -> canBeEncryptedTo(key, alg)))
                .findFirst()
                .map(alg -> "holds no EC key with use enc to encrypt to by " + alg
                        + ", which is asked for: of a key's alg and key_ops, what is there must fit");
    }

    /** The keys that a client must have to authenticate in its way; RFC 8705 §2.2.2 wants the certificate as {@code x5c}. */
    private static Optional<String> lacking(JWKSet keys, TokenEndpointAuth method, boolean largerCurves) {
        return switch (method) {
            case PrivateKeyJwt()
            when keys.getKeys().stream().noneMatch(key -> canSign(key, largerCurves)) ->
                Optional.of("holds no key to verify ES256 (EC P-256) or PS256 (RSA) signatures with");
            case SelfSignedTls()
            when keys.getKeys().stream().noneMatch(key -> key.getX509CertChain() != null) ->
                Optional.of("holds no key with its certificate in x5c");
            case PrivateKeyJwt fits -> Optional.empty();
            case SelfSignedTls fits -> Optional.empty();
            case TlsClientAuth needsNone -> Optional.empty();
        };
    }

    /** Whether two key sets are the same JSON, however it is written. */
    static boolean same(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return Objects.equals(one, other);
        }
        try {
            return JSON.readTree(one).equals(JSON.readTree(other));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Looks at members rather than at parsed keys, since a parser skips keys of a type that it does not know. */
    private static boolean holdsPrivateMember(String jwks) {
        try {
            for (JsonNode key : JSON.readTree(jwks).path("keys")) {
                if (PRIVATE_MEMBERS.stream().anyMatch(key::has)) {
                    return true;
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            return false; // Not JSON at all: the parser of the set says so.
        }
    }

    /** Of all keys, those of a type that a parser skips too. */
    private static int count(String jwks) {
        try {
            return JSON.readTree(jwks).path("keys").size();
        } catch (JsonProcessingException e) {
            return 0; // Not JSON at all: the parser of the set says so.
        }
    }

    static boolean isWeakRsa(JWK key) {
        return key instanceof RSAKey && key.size() < LEAST_RSA_BITS;
    }

    /** Each key is known by a name of its own, so that nobody tries two (FAPI 2.0 §5.4.3). */
    private static boolean kidsDiffer(JWKSet keys) {
        Set<String> seen = new HashSet<>();
        return keys.getKeys().stream().allMatch(key -> key.getKeyID() == null || seen.add(key.getKeyID()));
    }

    private static boolean canSign(JWK key, boolean largerCurves) {
        boolean fits = key instanceof RSAKey
                || (key instanceof ECKey ec
                        && (largerCurves
                                ? NIST_CURVES.contains(ec.getCurve())
                                : ec.getCurve().equals(Curve.P_256)));
        return fits && mayVerify(key) && isFor(key, largerCurves ? LARGER_SIGNATURES : SIGNATURES);
    }

    /** Whether a key's own words allow it to verify what its client has signed. */
    static boolean mayVerify(JWK key) {
        return !KeyUse.ENCRYPTION.equals(key.getKeyUse()) && mayDoOneOf(VERIFYING, key);
    }

    /**
     * Whether an answer may be encrypted to a key by an algorithm such as {@code ECDH-ES+A256KW}: an elliptic one that says
     * by {@code use} or {@code key_ops} that it is for that, and whose own {@code alg} and {@code key_ops}, where it has them,
     * allow it (RFC 7517 §4.2, §4.3, §4.4).
     */
    static boolean canBeEncryptedTo(JWK key, String alg) {
        return key instanceof ECKey ec
                && NIST_CURVES.contains(ec.getCurve())
                && (KeyUse.ENCRYPTION.equals(key.getKeyUse())
                        || (key.getKeyUse() == null && key.getKeyOperations() != null))
                && isFor(key, Set.of(alg))
                && mayDoOneOf(AGREEING, key);
    }

    private static boolean isFor(JWK key, Set<String> algorithms) {
        return key.getAlgorithm() == null
                || algorithms.contains(key.getAlgorithm().getName());
    }

    private static boolean mayDoOneOf(Set<KeyOperation> operations, JWK key) {
        return key.getKeyOperations() == null || !Collections.disjoint(key.getKeyOperations(), operations);
    }
}

package io.consentry.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The private test keys of ready-made clients: made once for each database, and the same on every node.
 *
 * <p>They are handed out to whoever asks. That is safe because the clients and the people of a sandbox are invented.
 */
@ApplicationScoped
class ReadyClientKeys {

    private static final int RSA_BITS = 2048;

    private final EntityManager database;

    ReadyClientKeys(EntityManager database) {
        this.database = database;
    }

    /** The client's private keys, made now if it has none yet. */
    @Transactional
    JWKSet findOrMake(String clientId, ReadyClientDefinition.Keys wanted) {
        List<?> known = find(clientId);
        if (known.isEmpty()) {
            // Another node may be faster: then our keys are dropped here, and both read the same ones back.
            database.createNativeQuery("""
                            insert into sandbox_client (client_id, jwks) values (:id, cast(:jwks as jsonb))
                            on conflict do nothing""")
                    .setParameter("id", clientId)
                    .setParameter("jwks", make(wanted).toString(false))
                    .executeUpdate();
            known = find(clientId);
        }
        try {
            return JWKSet.parse((String) known.getFirst());
        } catch (ParseException e) {
            throw new IllegalStateException("The keys of the ready-made client " + clientId + " cannot be read", e);
        }
    }

    /** Whether this database ever was a sandbox's. */
    @Transactional
    boolean any() {
        return !database.createNativeQuery("select client_id from sandbox_client limit 1", String.class)
                .getResultList()
                .isEmpty();
    }

    private List<?> find(String clientId) {
        return database.createNativeQuery(
                        "select cast(jwks as text) from sandbox_client where client_id = :id", String.class)
                .setParameter("id", clientId)
                .getResultList();
    }

    private static JWKSet make(ReadyClientDefinition.Keys wanted) {
        try {
            List<JWK> keys = new ArrayList<>();
            keys.add(signingKey(JWSAlgorithm.parse(wanted.signing())));
            if (wanted.encryption()) {
                keys.add(encryptionKey());
            }
            return new JWKSet(keys);
        } catch (JOSEException e) {
            throw new IllegalStateException("the JDK makes no such keys", e);
        }
    }

    private static JWK signingKey(JWSAlgorithm alg) throws JOSEException {
        if (alg.equals(JWSAlgorithm.PS256)) {
            return new RSAKeyGenerator(RSA_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(alg)
                    .keyIDFromThumbprint(true)
                    .generate();
        }
        return new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
    }

    private static JWK encryptionKey() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.ENCRYPTION)
                .algorithm(JWEAlgorithm.ECDH_ES_A256KW)
                .keyIDFromThumbprint(true)
                .generate();
    }
}

package io.consentry.sandbox;

import static io.consentry.schema.SandboxClientTable.SANDBOX_CLIENT;

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
import jakarta.transaction.Transactional;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/**
 * The private test keys of ready-made clients: made once for each database, and the same on every node.
 *
 * <p>They are handed out to whoever asks. That is safe because the clients and the people of a sandbox are invented.
 */
@ApplicationScoped
class ReadyClientKeys {

    private static final int RSA_BITS = 2048;

    private final DSLContext sql;

    ReadyClientKeys(DSLContext sql) {
        this.sql = sql;
    }

    /** The client's private keys, made now if it has none yet. */
    @Transactional
    JWKSet findOrMake(String clientId, ReadyClientDefinition.Keys wanted) {
        Optional<String> known = find(clientId);
        if (known.isEmpty()) {
            // Another node may be faster: then our keys are dropped here, and both read the same ones back.
            sql.insertInto(SANDBOX_CLIENT, SANDBOX_CLIENT.CLIENT_ID, SANDBOX_CLIENT.JWKS)
                    .values(clientId, JSONB.valueOf(make(wanted).toString(false)))
                    .onConflictDoNothing()
                    .execute();
            known = find(clientId);
        }
        try {
            return JWKSet.parse(known.orElseThrow());
        } catch (ParseException e) {
            throw new IllegalStateException("The keys of the ready-made client " + clientId + " cannot be read", e);
        }
    }

    /** Whether this database ever was a sandbox's. */
    @Transactional
    boolean any() {
        return sql.fetchExists(SANDBOX_CLIENT);
    }

    private Optional<String> find(String clientId) {
        return sql.select(SANDBOX_CLIENT.JWKS)
                .from(SANDBOX_CLIENT)
                .where(SANDBOX_CLIENT.CLIENT_ID.eq(clientId))
                .fetchOptional(row -> row.value1().data());
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

package io.consentry.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Our ES256 keys: in the database, wrapped by the master key, so that every node signs with the same one. */
@ApplicationScoped
class SigningKeys {

    private final StatelessSession session;
    private final MasterKey master;
    private final InstantSource clock;
    private volatile Ring ring = new Ring(List.of(), new JWKSet());

    SigningKeys(StatelessSession session, MasterKey master, InstantSource clock) {
        this.session = session;
        this.master = master;
        this.clock = clock;
    }

    /** A key that signs, with the id that verifiers find it by. */
    record SigningKey(String kid, PrivateKey key, Instant activeFrom) {}

    private record Ring(List<SigningKey> signing, JWKSet published) {}

    void load(@Observes StartupEvent start) {
        QuarkusTransaction.requiringNew().run(this::ensureOne);
        QuarkusTransaction.requiringNew().run(this::read);
    }

    /** The key to sign with now: of those active, the newest. */
    SigningKey current() {
        Instant now = clock.instant();
        return ring.signing().stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no active signing key"));
    }

    /** Public keys only (RFC 7517 §5). */
    JWKSet published() {
        return ring.published();
    }

    private void ensureOne() {
        // Nodes that start at once make one key between them: the second waits here, then finds the first one's.
        session.createNativeQuery("select pg_advisory_xact_lock(hashtext('consentry/signing_key'))::text", String.class)
                .getSingleResult();
        long active = session.createSelectionQuery(
                        "select count(*) from SigningKeyRow where retiredAt is null", Long.class)
                .getSingleResult();
        if (active == 0) {
            session.insert(fresh());
        }
    }

    private SigningKeyRow fresh() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
            var row = new SigningKeyRow();
            row.kid = key.getKeyID();
            row.publicJwk = key.toPublicJWK().toJSONString();
            row.sealedPrivate =
                    master.own().seal(key.toJSONString().getBytes(StandardCharsets.UTF_8), "signing-key/" + row.kid);
            row.activeFrom = clock.instant();
            return row;
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make a signing key", e);
        }
    }

    private void read() {
        List<SigningKeyRow> rows = session.createSelectionQuery(
                        "from SigningKeyRow where retiredAt is null order by activeFrom desc, kid", SigningKeyRow.class)
                .getResultList();
        List<SigningKey> signing = rows.stream().map(this::unseal).toList();
        List<JWK> published = rows.stream().map(SigningKeys::publicKey).toList();
        this.ring = new Ring(signing, new JWKSet(published));
    }

    private SigningKey unseal(SigningKeyRow row) {
        try {
            byte[] json = master.own().open(row.sealedPrivate, "signing-key/" + row.kid);
            return new SigningKey(
                    row.kid,
                    ECKey.parse(new String(json, StandardCharsets.UTF_8)).toPrivateKey(),
                    row.activeFrom);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("the signing key " + row.kid + " cannot be read", e);
        }
    }

    private static JWK publicKey(SigningKeyRow row) {
        try {
            return JWK.parse(row.publicJwk).toPublicJWK();
        } catch (ParseException e) {
            throw new IllegalStateException("the signing key " + row.kid + " cannot be read", e);
        }
    }
}

package io.consentry.key;

import static io.consentry.schema.Routines.serviceTime;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.consentry.database.NamedLock;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jooq.DSLContext;

/** The table {@code signing_key}, private parts sealed under the master key. Every method runs in the caller's transaction. */
@ApplicationScoped
class SigningKeyRows {

    private final StatelessSession session;
    private final DSLContext sql;
    private final MasterKey master;

    SigningKeyRows(StatelessSession session, DSLContext sql, MasterKey master) {
        this.session = session;
        this.sql = sql;
        this.master = master;
    }

    /**
     * Nobody else changes signing keys until the transaction ends; of nodes that want the same at once, the second waits here.
     *
     * @return the time after the wait, by the database's clock
     */
    Instant lock() {
        return sql.select(NamedLock.of("signing_key"), serviceTime())
                .fetchSingle()
                .value2();
    }

    /** Keys that are not retired, the latest to sign first. */
    List<SigningKeyRow> inUse() {
        return session.createSelectionQuery(
                        "from SigningKeyRow where retiredAt is null order by activeFrom desc, kid", SigningKeyRow.class)
                .getResultList();
    }

    /** Every key there ever was, the latest to sign first. */
    List<SigningKeyRow> all() {
        return session.createSelectionQuery("from SigningKeyRow order by activeFrom desc, kid", SigningKeyRow.class)
                .getResultList();
    }

    /** Makes a key and stores it; a {@code kid} that was ever used is refused by its row. */
    SigningKeyRow publish(Instant now, Instant activeFrom) {
        ECKey key = generate();
        var row = new SigningKeyRow();
        row.kid = key.getKeyID();
        row.publicJwk = key.toPublicJWK().toJSONString();
        row.sealedPrivate =
                master.own().seal(key.toJSONString().getBytes(StandardCharsets.UTF_8), "signing-key/" + row.kid);
        row.publishedAt = now;
        row.activeFrom = activeFrom;
        session.insert(row);
        return row;
    }

    /** Lets a key that has not signed yet sign from another time on. */
    void move(SigningKeyRow row, Instant activeFrom) {
        row.activeFrom = activeFrom;
        session.update(row);
    }

    /** Ends a key for good: after the commit nothing can sign with it, and no copy of the database made later helps. */
    void retire(SigningKeyRow row, Instant now) {
        row.sealedPrivate = null;
        row.retiredAt = now;
        session.update(row);
    }

    /**
     * The key pair of a row in use. Both halves come out of the seal and not from the column beside it: otherwise somebody
     * who can only write to the database could publish a key of their own as ours.
     */
    ECKey unseal(SigningKeyRow row) {
        try {
            byte[] json = master.own().open(Objects.requireNonNull(row.sealedPrivate), "signing-key/" + row.kid);
            ECKey key = ECKey.parse(new String(json, StandardCharsets.UTF_8));
            if (!key.toPublicJWK().equals(ECKey.parse(row.publicJwk))) {
                throw changed(row, null);
            }
            return key;
        } catch (ParseException | IllegalStateException e) {
            throw changed(row, e);
        }
    }

    private static IllegalStateException changed(
            SigningKeyRow row, @org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalStateException(
                "The signing key " + row.kid
                        + " in the database cannot be used: it was changed there, or CONSENTRY_MASTER_KEY_FILE names"
                        + " another master key than the one it was sealed under.",
                cause);
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make a signing key", e);
        }
    }
}

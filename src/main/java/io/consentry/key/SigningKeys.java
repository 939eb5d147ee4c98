package io.consentry.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Our ES256 keys as this node knows them: in the database, wrapped by the master key, so that every node signs with the same
 * one. {@link KeyRotation} changes them; every node looks for changes every few seconds.
 */
@ApplicationScoped
class SigningKeys {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    private final SigningKeyRows rows;
    private final InstantSource clock;
    private volatile Ring ring = new Ring(List.of());
    private volatile @Nullable String unopened;

    SigningKeys(SigningKeyRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** A key that signs, with the id that verifiers find it by. Does not print its private part. */
    record SigningKey(String kid, PrivateKey key, JWK published, Instant activeFrom) {

        @Override
        public String toString() {
            return "SigningKey[" + kid + "]";
        }
    }

    /** The latest to sign first. */
    private record Ring(List<SigningKey> keys) {

        Optional<SigningKey> find(SigningKeyRow row) {
            return keys.stream()
                    .filter(key -> key.kid().equals(row.kid) && key.activeFrom().equals(row.activeFrom))
                    .findFirst();
        }
    }

    /**
     * The key to sign with now: of those active, the newest. When none is, since a clock was set back, it is the one that
     * will be first, which is published like the others.
     */
    SigningKey current() {
        Instant now = clock.instant();
        List<SigningKey> keys = ring.keys();
        return keys.stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .findFirst()
                .orElseGet(keys::getLast);
    }

    /**
     * Public keys only (RFC 7517 §5), each with a {@code kid} that no other ever had (FAPI 2.0 §5.4.2-3): those that will sign,
     * the one that does, and those that did not long ago.
     */
    JWKSet published() {
        return new JWKSet(ring.keys().stream().map(SigningKey::published).toList());
    }

    /** Reads the keys anew; those that are known are not opened again. Throws when one cannot be opened, and changes nothing. */
    void read() {
        ring = QuarkusTransaction.requiringNew().call(() -> {
            Ring known = ring;
            return new Ring(rows.inUse().stream()
                    .map(row -> known.find(row).orElseGet(() -> open(row)))
                    .toList());
        });
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void notice() {
        try {
            read();
            unopened = null;
        } catch (IllegalStateException e) {
            unopened = e.getMessage();
            LOG.errorf("%s This node goes on with the keys it has.", e.getMessage());
        }
    }

    /** Why a key that other nodes use could not be opened when it was last tried; empty when all could. */
    Optional<String> unopened() {
        return Optional.ofNullable(unopened);
    }

    private SigningKey open(SigningKeyRow row) {
        try {
            ECKey key = rows.unseal(row);
            return new SigningKey(row.kid, key.toPrivateKey(), key.toPublicJWK(), row.activeFrom);
        } catch (JOSEException e) {
            throw new IllegalStateException("the signing key " + row.kid + " cannot be read", e);
        }
    }
}

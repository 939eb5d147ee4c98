package io.consentry.token;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.StatelessSession;

/**
 * Lets every {@code jti} be used once, over all nodes (RFC 7523 §3, RFC 9449 §11.1): one insert decides.
 *
 * <p>It commits in a transaction of its own without waiting for the disk. What a crash can lose is the memory of the last
 * fraction of a second of proofs, each of which is still bound to its key, method and address.
 */
@ApplicationScoped
public class UsedJtis {

    private static final String USE = """
            with without_waiting as materialized (select set_config('synchronous_commit', 'off', true))
            insert into used_jti (hash, expires_at) select :hash, :until from without_waiting
            on conflict do nothing""";

    private final StatelessSession session;

    UsedJtis(StatelessSession session) {
        this.session = session;
    }

    /**
     * Marks a {@code jti} as used, before anything else is done: a caller that holds a connection is refused.
     *
     * @param issuer whose it is: a client, or the thumbprint of a key
     * @return false if it was used before
     */
    public boolean useOnce(String issuer, String jti, Instant until) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> use(issuer, jti, until));
        } catch (
                QuarkusTransactionException
                        e) { // COMMIT failed; nothing but the jti is in doubt, and it is not used again
            throw Fault.of(FaultCode.DATABASE_UNAVAILABLE, "Send the request again, with a new proof and assertion.")
                    .retryingAfter(Duration.ofSeconds(1))
                    .raise();
        }
    }

    private boolean use(String issuer, String jti, Instant until) {
        return session.createNativeMutationQuery(USE)
                        .setParameter("hash", hash(issuer, jti))
                        .setParameter("until", until)
                        .executeUpdate()
                == 1;
    }

    private static byte[] hash(String issuer, String jti) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(issuer.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(jti.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }
}

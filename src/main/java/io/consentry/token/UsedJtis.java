package io.consentry.token;

import static io.consentry.schema.UsedJtiTable.USED_JTI;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

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
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Record1;

/**
 * Lets every {@code jti} be used once, over all nodes (RFC 7523 §3, RFC 9449 §11.1): one insert decides.
 *
 * <p>It commits in a transaction of its own without waiting for the disk. What a crash can lose is the memory of the last
 * fraction of a second of proofs, each of which is still bound to its key, method and address.
 */
@ApplicationScoped
public class UsedJtis {

    /** Makes the transaction's COMMIT not wait for the disk, in the statement that writes. */
    private static final CommonTableExpression<Record1<String>> WITHOUT_WAITING = name("without_waiting")
            .fields("set_config")
            .asMaterialized(select(
                    function("set_config", String.class, inline("synchronous_commit"), inline("off"), inline(true))));

    private final DSLContext sql;

    UsedJtis(DSLContext sql) {
        this.sql = sql;
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
        return sql.with(WITHOUT_WAITING)
                        .insertInto(USED_JTI, USED_JTI.HASH, USED_JTI.EXPIRES_AT)
                        .select(select(val(hash(issuer, jti)), val(until)).from(WITHOUT_WAITING))
                        .onConflictDoNothing()
                        .execute()
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

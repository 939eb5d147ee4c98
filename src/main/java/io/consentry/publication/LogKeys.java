package io.consentry.publication;

import static io.consentry.schema.LogKeyTable.LOG_KEY;

import io.consentry.database.NamedLock;
import io.consentry.key.MasterKey;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.SignatureType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * The keys that sign checkpoints, one of each kind for all logs: made once, sealed under the master key, kept as long as the log. They
 * are not those of tokens and answers, which rotate: a receipt is verified years later.
 */
@ApplicationScoped
class LogKeys {

    private final DSLContext sql;
    private final MasterKey master;

    LogKeys(DSLContext sql, MasterKey master) {
        this.sql = sql;
        this.master = master;
    }

    /** The pair of a kind; made if there is none. Of nodes that make it at once one goes first, and the others find it. */
    @Transactional
    KeyPair pair(SignatureType type) {
        return find(type).orElseGet(() -> {
            sql.select(NamedLock.of("log_key")).fetch();
            return find(type).orElseGet(() -> create(type));
        });
    }

    private Optional<KeyPair> find(SignatureType type) {
        return sql.select(LOG_KEY.SEALED)
                .from(LOG_KEY)
                .where(LOG_KEY.TYPE.eq(type.name()))
                .fetchOptional(LOG_KEY.SEALED)
                .map(found -> open(type, found));
    }

    private KeyPair create(SignatureType type) {
        KeyPair pair = NoteSigner.newKeyPair(type);
        sql.insertInto(LOG_KEY)
                .set(LOG_KEY.TYPE, type.name())
                .set(LOG_KEY.SEALED, seal(type, pair))
                .execute();
        return pair;
    }

    /** Both halves are sealed: whoever can only write to the database does not give the log another public key. */
    private byte[] seal(SignatureType type, KeyPair pair) {
        byte[] open = pair.getPublic().getEncoded();
        byte[] secret = pair.getPrivate().getEncoded();
        byte[] both = ByteBuffer.allocate(Integer.BYTES + open.length + secret.length)
                .putInt(open.length)
                .put(open)
                .put(secret)
                .array();
        return master.own().seal(both, context(type));
    }

    private KeyPair open(SignatureType type, byte[] sealed) {
        ByteBuffer both = ByteBuffer.wrap(master.own().open(sealed, context(type)));
        byte[] open = new byte[both.getInt()];
        both.get(open);
        byte[] secret = new byte[both.remaining()];
        both.get(secret);
        try {
            KeyFactory keys = KeyFactory.getInstance(type.algorithm(), type.provider());
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(open)),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(secret)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of the log that cannot be read", e);
        }
    }

    private static String context(SignatureType type) {
        return "log-key/" + type.name();
    }
}

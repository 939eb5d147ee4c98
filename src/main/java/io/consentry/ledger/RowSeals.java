package io.consentry.ledger;

import io.consentry.key.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;

/**
 * Seals over rows that are no evidence themselves but decide what may leave: HMAC-SHA-256 under a key derived from the
 * master key, which lies outside the database.
 *
 * <p>Guarantees that nobody with write access to the database alone can change a sealed row unnoticed. Does not notice
 * that an older row was put back with its own seal: for that, the row's version and its {@link Step} are held against the
 * ledger's.
 */
@ApplicationScoped
public class RowSeals {

    private final MasterKey master;

    RowSeals(MasterKey master) {
        this.master = master;
    }

    /**
     * The seal of a row.
     *
     * @param kind the kind of row, so that no row can pass for one of another kind
     * @param fields everything in it that matters, in an order that never changes
     */
    public byte[] over(String kind, List<String> fields) {
        var text = new StringBuilder();
        // Each with its length, so that nothing can move from one field into the next.
        fields.forEach(field -> text.append(field.length()).append(':').append(field));
        return master.keyedHash("row-seal/" + kind, text.toString());
    }

    /** Whether a row carries its seal; one without a seal does not. */
    public boolean fits(byte[] seal, String kind, List<String> fields) {
        return MessageDigest.isEqual(seal, over(kind, fields));
    }
}

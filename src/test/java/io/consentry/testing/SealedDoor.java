package io.consentry.testing;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A sealed row, another one of its kind, and the door that such a row opens, for whoever wants to spoil the row.
 *
 * @param table the row's table
 * @param key the column that the door finds its row by
 * @param literal what SQL that column holds for a credential
 * @param own the credential of the row
 * @param other the credential of the other row
 * @param forged a credential that nobody was given
 * @param opens whether the door opens for a credential
 */
public record SealedDoor(
        String table,
        String key,
        UnaryOperator<String> literal,
        String own,
        String other,
        String forged,
        Predicate<String> opens) {

    /** Of a table whose key is the hash of a handle. */
    public static SealedDoor ofHandles(String table, String key, String own, String other, Predicate<String> opens) {
        UnaryOperator<String> hash = handle -> "sha256(convert_to('" + handle + "', 'UTF8'))";
        return new SealedDoor(table, key, hash, own, other, "made-up-" + own, opens);
    }

    /** The condition for the row of a credential. */
    public String row(String credential) {
        return key + " = " + literal.apply(credential);
    }

    /** Does not print its credentials. */
    @Override
    public String toString() {
        return table;
    }
}

package io.consentry.program;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Everything that the service has acknowledged, and whether the database still knows it. */
public final class Acknowledged {

    private static final String URN = "urn:ietf:params:oauth:request_uri:";

    private final Queue<byte[]> pushed = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> refused = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> granted = new ConcurrentLinkedQueue<>();
    private final Queue<Released> released = new ConcurrentLinkedQueue<>();
    private final Queue<Withdrawn> withdrawn = new ConcurrentLinkedQueue<>();

    /** A release that arrived: its ticket, and whose it was. */
    public record Released(String leafHash, String uinfin) {}

    /** A withdrawal that was confirmed, and a token that must be worth nothing since. */
    public record Withdrawn(String grantId, Bank bank, String accessToken) {}

    void pushed(String requestUri) {
        pushed.add(hash(requestUri.substring(URN.length())));
    }

    void refused(String requestUri) {
        refused.add(hash(requestUri.substring(URN.length())));
    }

    void granted(String code) {
        granted.add(hash(code));
    }

    void released(String leafHash, String uinfin) {
        released.add(new Released(leafHash, uinfin));
    }

    void withdrawn(String grantId, Bank bank, String accessToken) {
        withdrawn.add(new Withdrawn(grantId, bank, accessToken));
    }

    public List<Released> released() {
        return List.copyOf(released);
    }

    public List<Withdrawn> withdrawn() {
        return List.copyOf(withdrawn);
    }

    public int count() {
        return pushed.size() + refused.size() + granted.size() + released.size() + withdrawn.size();
    }

    /** How many acknowledged acts are missing from the ledger, or without the row that they made. */
    public long lost(Connection database) throws SQLException {
        return missing(database, pushed.toArray(byte[][]::new), "bytea", """
                        select request_uri_hash from authorization_request""")
                + missing(database, refused.toArray(byte[][]::new), "bytea", """
                        select r.request_uri_hash from authorization_request r join consent c using (grant_id)
                        where c.state = 'refused'
                          and 3 = (select count(*) from ledger_event e where e.grant_id = r.grant_id)""")
                + missing(database, granted.toArray(byte[][]::new), "bytea", """
                        select a.code_hash from authorization_code a join consent c using (grant_id)
                        where c.state in ('active', 'withdrawn')
                          and 3 <= (select count(*) from ledger_event e where e.grant_id = a.grant_id)""")
                + missing(database, leaves(), "bytea", """
                        select sha256('\\x00'::bytea || c.entry) from ledger_commitment c
                        join ledger_entry x on x.commitment_id = c.id and x.log = c.log""")
                + missing(
                        database,
                        withdrawn.stream().map(Withdrawn::grantId).toArray(String[]::new),
                        "text",
                        "select grant_id::text from consent where state = 'withdrawn'");
    }

    private byte[][] leaves() {
        return released.stream()
                .map(one -> Base64.getDecoder().decode(one.leafHash()))
                .toArray(byte[][]::new);
    }

    private static long missing(Connection database, Object[] acknowledged, String type, String known)
            throws SQLException {
        try (PreparedStatement query = database.prepareStatement(
                "select count(*) from (select unnest(?) except (" + known + ")) as missing")) {
            query.setArray(1, database.createArrayOf(type, acknowledged));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static byte[] hash(String handle) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(handle.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return "%d pushed, %d refused, %d granted, %d released, %d withdrawn"
                .formatted(pushed.size(), refused.size(), granted.size(), released.size(), withdrawn.size());
    }
}

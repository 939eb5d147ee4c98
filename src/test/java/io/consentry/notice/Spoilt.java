package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.GrantId;
import io.consentry.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The sealed events of a grant, changed by hand in the database, until closed: they do not open. Their commitments stay as they are,
 * since those are published.
 */
final class Spoilt implements AutoCloseable {

    private final GrantId grant;

    Spoilt(GrantId grant) throws SQLException {
        this.grant = grant;
        flip();
    }

    @Override
    public void close() throws SQLException {
        flip();
    }

    private void flip() throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            int changed = statement.executeUpdate("update ledger_event set sealed ="
                    + " set_byte(sealed, 20, get_byte(sealed, 20) # 1) where commitment_id in"
                    + " (select commitment_id from notice where grant_id = '" + grant + "'"
                    + " union all select commitment_id from ledger_outbox where grant_id = '" + grant + "')");
            assertThat(changed).isPositive();
        }
    }
}

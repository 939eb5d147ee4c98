package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.GrantId;
import io.consentry.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The commitments of a grant's events, changed by hand in the database, until closed: what is sealed for one opens for no other.
 * The events stay as they are, since their rows tell the races when they were committed.
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
            int changed = statement.executeUpdate("update ledger_commitment set entry ="
                    + " set_byte(entry, 20, get_byte(entry, 20) # 1) where id in"
                    + " (select commitment_id from notice where grant_id = '" + grant + "'"
                    + " union all select commitment_id from ledger_outbox where grant_id = '" + grant + "')");
            assertThat(changed).isPositive();
        }
    }
}

package io.consentry.ledger;

import io.consentry.key.KeysOfAFile;
import io.consentry.key.MasterKey;
import io.consentry.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * The hand of somebody with every right in the database, in a transaction that is never committed: whoever checks through it sees what it
 * did, and nobody else does, least of all whoever publishes the log.
 */
final class Tampering implements AutoCloseable {

    private final Connection superuser;
    private final Statement statement;
    private final long last;

    private Tampering(Connection superuser) throws SQLException {
        this.superuser = superuser;
        superuser.setAutoCommit(false);
        this.statement = superuser.createStatement();
        statement.execute("set local session_replication_role = replica");
        try (ResultSet row = statement.executeQuery("select max(commitment_id) from ledger_entry")) {
            row.next();
            this.last = row.getLong(1);
        }
    }

    static Tampering withEveryTriggerOff() throws SQLException {
        return new Tampering(TestDatabase.asSuperuser());
    }

    /** Runs a statement in which {@code LAST} is the newest commitment that has an index. */
    void run(String sql) throws SQLException {
        statement.execute(sql.replace("LAST", Long.toString(last)));
    }

    /** The whole ledger as this hand left it. */
    LedgerCheck.Report check(MasterKey master) {
        DSLContext sql = DSL.using(superuser, SQLDialect.POSTGRES);
        return new LedgerCheck(sql, KeysOfAFile.persons(sql, master), master).judge(new VerifiedEvents());
    }

    @Override
    public void close() throws SQLException {
        try (superuser) {
            superuser.rollback();
        }
    }
}

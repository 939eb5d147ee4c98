package io.consentry.ledger;

import io.consentry.key.KeysOfAFile;
import io.consentry.key.MasterKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * {@link LedgerCheck} over the ledger of a program in another process: wired by hand, so that the very same check judges
 * it, and the program needs no way in for tests.
 */
public final class OutsideCheck {

    private OutsideCheck() {}

    /** Reads the ledger behind a connection with the master key of its program. */
    public static LedgerCheck.Report check(Connection connection, Path masterKeyFile) {
        MasterKey master = KeysOfAFile.master(masterKeyFile);
        DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
        try {
            connection.setAutoCommit(false);
            LedgerCheck.Report report = new LedgerCheck(sql, KeysOfAFile.persons(sql, master), master).check();
            connection.commit();
            connection.setAutoCommit(true);
            return report;
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger cannot be read", e);
        }
    }
}

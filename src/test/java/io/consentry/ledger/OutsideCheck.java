package io.consentry.ledger;

import io.consentry.key.KeysOfAFile;
import io.consentry.key.MasterKey;
import java.nio.file.Path;
import java.sql.Connection;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;

/**
 * {@link LedgerCheck} over the ledger of a program in another process: wired by hand, so that the very same check judges
 * it, and the program needs no way in for tests.
 */
public final class OutsideCheck {

    private static final SessionFactory SESSIONS = new Configuration()
            .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false")
            .setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
            .setProperty("hibernate.bytecode.provider", "none")
            .setProperty("jakarta.persistence.validation.mode", "none")
            .buildSessionFactory();

    private OutsideCheck() {}

    /** Reads the ledger behind a connection with the master key of its program. */
    public static LedgerCheck.Report check(Connection connection, Path masterKeyFile) {
        MasterKey master = KeysOfAFile.master(masterKeyFile);
        try (StatelessSession session = SESSIONS.openStatelessSession(connection)) {
            var check = new LedgerCheck(session, KeysOfAFile.persons(session, master), master);
            session.beginTransaction();
            LedgerCheck.Report verdict = check.check();
            session.getTransaction().commit();
            return verdict;
        }
    }
}

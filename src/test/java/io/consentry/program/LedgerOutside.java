package io.consentry.program;

import io.consentry.ledger.OutsideCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the ledger of a program under test, once its clients are quiet. */
public final class LedgerOutside {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LedgerOutside() {}

    /** Nothing, when every entry gets its index in time and the whole ledger verifies. */
    public static List<String> problems(Connection database, Path masterKeyFile)
            throws SQLException, InterruptedException {
        var problems = new ArrayList<String>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (waiting(database) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        if (waiting(database) > 0) {
            problems.add(waiting(database) + " entries still wait for an index");
        }
        problems.addAll(OutsideCheck.check(database, masterKeyFile).problems());
        return problems;
    }

    private static long waiting(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from ledger_staged")) {
            row.next();
            return row.getLong(1);
        }
    }
}

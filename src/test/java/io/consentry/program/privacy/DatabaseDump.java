package io.consentry.program.privacy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** Every table and every sequence of a database as text, as {@code pg_dump} reads them: bytes in hex. */
final class DatabaseDump {

    private DatabaseDump() {}

    static byte[] of(Connection superuser) throws SQLException, IOException {
        var dump = new ByteArrayOutputStream();
        for (String table : tables(superuser)) {
            dump.writeBytes((table + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            superuser.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (table " + table + ") to stdout", dump);
        }
        return dump.toByteArray();
    }

    /** The system's own too: statistics hold the most common values of a column. */
    private static List<String> tables(Connection superuser) throws SQLException {
        var tables = new ArrayList<String>();
        try (Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select oid::regclass::text from pg_class
                        where relkind in ('r', 'm', 'S', 'p')
                           or relname in ('pg_stat_activity', 'pg_prepared_statements', 'pg_cursors')""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}

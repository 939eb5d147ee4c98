package io.consentry.database;

import io.consentry.kernel.Settings.Mode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What is checked of a database before anything is started on it: an ordered list, the most fundamental first, each with its
 * sentence. Nothing is changed, so that a refusal leaves nothing behind.
 *
 * @param jdbcUrl its address
 * @param service the role that the service works as
 * @param owner the role that migrates
 */
public record DatabaseCheck(String jdbcUrl, Login service, Login owner) {

    /** PostgreSQL 14 has had no fixes since November 2026. */
    static final int OLDEST = 15;

    /** What PostgreSQL needs so that what it acknowledged survives a loss of power. */
    static final List<String> DURABLE = List.of("fsync", "full_page_writes", "synchronous_commit");

    private static final String SCHEME = "jdbc:postgresql:";
    private static final String HISTORY = "flyway_schema_history";

    /** Refuses, in one sentence, a database on which a node of this mode cannot start. */
    public void refuseUnfit(Mode mode) {
        if (!jdbcUrl.startsWith(SCHEME)) {
            throw new StartRefusal("QUARKUS_DATASOURCE_JDBC_URL must begin with " + SCHEME
                    + "// and name a PostgreSQL, for example jdbc:postgresql://localhost:5432/consentry.");
        }
        try (Connection asService = connect(service);
                Connection asOwner = connect(owner)) {
            refuseOld(asService.getMetaData().getDatabaseMajorVersion());
            refuseReadOnly(asService, service);
            refuseReadOnly(asOwner, owner);
            if (mode == Mode.PRODUCTION) {
                refuseForgetful(asService);
            }
            refuseWithoutSchema(asOwner);
            refuseOthers(asOwner);
            refuseWithoutRights(asService);
            refuseOtherMode(asService, mode);
        } catch (SQLException e) {
            throw new StartRefusal(
                    DatabaseRefusal.sentence(e).orElseThrow().replace(jdbcUrl, "the address that is set"), e);
        }
    }

    private Connection connect(Login login) throws SQLException {
        var properties = new Properties();
        if (!login.role().isEmpty()) {
            properties.setProperty("user", login.role());
        }
        properties.setProperty("password", login.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    static void refuseOld(int version) {
        if (version < OLDEST) {
            throw new StartRefusal("The database is PostgreSQL " + version + ", and at least " + OLDEST
                    + " is needed. Upgrade it, or name another by QUARKUS_DATASOURCE_JDBC_URL.");
        }
    }

    private static void refuseReadOnly(Connection connection, Login login) throws SQLException {
        if (ask(connection, "select pg_is_in_recovery()::text").contains("true")) {
            throw new StartRefusal(
                    "The database is a replica, which takes no writes. Name the primary by QUARKUS_DATASOURCE_JDBC_URL.");
        }
        if (ask(connection, "show transaction_read_only").contains("on")) {
            throw new StartRefusal("The database takes no writes from the role " + login.role()
                    + ": default_transaction_read_only is on. Set it off (alter role … set default_transaction_read_only ="
                    + " off), or name another database by QUARKUS_DATASOURCE_JDBC_URL.");
        }
    }

    /** What is acknowledged must be on the disk: that is what each promise of the ledger stands on. */
    private void refuseForgetful(Connection asService) throws SQLException {
        for (String setting : DURABLE) {
            refuseForgetful(setting, ask(asService, "show " + setting).getFirst());
        }
    }

    void refuseForgetful(String setting, String value) {
        if (value.equals("off")) {
            throw new StartRefusal("The database loses acknowledged writes when its machine fails: " + setting
                    + " is off for the role " + service.role() + ". Set it on, and start again.");
        }
    }

    private void refuseWithoutSchema(Connection asOwner) throws SQLException {
        boolean may = ask(asOwner, "select coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)::text")
                .contains("true");
        if (!may) {
            throw new StartRefusal("The role " + owner.role() + " may not create tables in the database, and so cannot"
                    + " migrate it. As its administrator: grant all on schema public to " + owner.role() + ".");
        }
    }

    /** The history names each migration's script; one that this program does not have comes from another version. */
    private static void refuseOthers(Connection asOwner) throws SQLException {
        if (!has(asOwner, HISTORY)) {
            return;
        }
        for (String script : ask(
                asOwner,
                "select script from " + HISTORY + " where type = 'SQL' and success order by installed_rank desc")) {
            String name = script.substring(script.lastIndexOf('/') + 1); // Quarkus names it with its folder
            if (DatabaseCheck.class.getResource("/db/migration/" + name) == null) {
                throw new StartRefusal("The database was migrated by another version of Consentry (" + name
                        + "), and this one would not know what it finds. Start that version, or an empty database.");
            }
        }
    }

    /** Migrations grant table by table, to the role that was the service's when they ran. */
    private void refuseWithoutRights(Connection asService) throws SQLException {
        boolean mayEnter = ask(
                        asService,
                        "select bool_or(has_schema_privilege(n, 'USAGE'))::text"
                                + " from unnest(string_to_array(replace(current_setting('search_path'), '\"$user\", ', ''), ', ')) n"
                                + " where to_regnamespace(n) is not null")
                .contains("true");
        if (!mayEnter) {
            throw new StartRefusal(
                    "The role " + service.role() + " may not use the database's schema. As its administrator:"
                            + " grant usage on schema public to " + service.role() + ".");
        }
        if (has(asService, "client")
                && !ask(asService, "select has_table_privilege('client', 'SELECT')::text")
                        .contains("true")) {
            throw new StartRefusal(
                    "The role " + service.role() + " has no rights on the tables that are there: they were"
                            + " granted to another. Set QUARKUS_DATASOURCE_USERNAME to that role.");
        }
    }

    private static void refuseOtherMode(Connection asService, Mode mode) throws SQLException {
        if (has(asService, "database_mode")) {
            for (String marked : ask(asService, "select mode from database_mode")) {
                if (DatabaseMode.mode(marked) != mode) {
                    throw DatabaseMode.refusal(DatabaseMode.mode(marked));
                }
            }
        }
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static List<String> ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var answers = new ArrayList<String>();
            while (rows.next()) {
                String answer = rows.getString(1);
                answers.add(answer == null ? "" : answer);
            }
            return answers;
        }
    }
}

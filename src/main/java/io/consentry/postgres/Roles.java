package io.consentry.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The two roles of the embedded server: one owns the schema and migrates it, the other is the service and may only connect.
 * What it may do in the schema, migrations grant table by table, or insert-only tables would mean nothing.
 */
final class Roles {

    static final String SUPERUSER = "postgres";
    static final String OWNER = "consentry_owner";
    static final String SERVICE = "consentry_service";

    private Roles() {}

    static void create(EmbeddedPostgres server, String database, Passwords passwords) throws SQLException {
        Map<String, String> login = Map.of("password", passwords.superuser());
        try (Connection connection = server.getPostgresDatabase(login).getConnection()) {
            execute(
                    connection,
                    "create role " + OWNER + " login",
                    "create role " + SERVICE + " login",
                    "create database " + database + " owner " + OWNER,
                    "revoke all on database " + database + ", postgres from public",
                    "grant connect on database " + database + " to " + SERVICE);
            // Hashed on this side, so that no statement ever holds a password.
            PGConnection postgres = connection.unwrap(PGConnection.class);
            postgres.alterUserPassword(OWNER, passwords.owner().toCharArray(), "scram-sha-256");
            postgres.alterUserPassword(SERVICE, passwords.service().toCharArray(), "scram-sha-256");
        }
        DataSource inside = server.getDatabase(SUPERUSER, database, login);
        try (Connection connection = inside.getConnection()) {
            execute(
                    connection,
                    "revoke all on schema public from public",
                    "grant all on schema public to " + OWNER,
                    "grant usage on schema public to " + SERVICE);
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : List.of(statements)) {
                statement.execute(sql);
            }
        }
    }
}

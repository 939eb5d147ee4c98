package io.consentry.testing;

import io.consentry.database.Login;
import io.consentry.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * The database of the test run, for looking at it from outside the service.
 *
 * <p>Test profiles restart the service in class loaders of their own, so what must outlive them is kept in system
 * properties, which all of them see.
 */
public final class TestDatabase {

    private static final String PREFIX = "test-ground.database.";

    private TestDatabase() {}

    /** As the role that owns the schema: it may read every table. */
    public static Connection asOwner() throws SQLException {
        return connect("owner");
    }

    /** As the service's role, past the rules of its pool. */
    public static Connection asService() throws SQLException {
        return connect("service");
    }

    /** As the server's superuser: settings, activity, commit timestamps. */
    public static Connection asSuperuser() throws SQLException {
        return connect("superuser");
    }

    private static Connection connect(String who) throws SQLException {
        return DriverManager.getConnection(get("url"), get(who), get(who + "-password"));
    }

    static boolean isStarted() {
        return System.getProperty(PREFIX + "url") != null;
    }

    static void remember(LocalPostgres postgres) {
        System.setProperty(PREFIX + "url", postgres.jdbcUrl());
        remember("service", postgres.service());
        remember("owner", postgres.owner());
        remember("superuser", postgres.superuser());
    }

    private static void remember(String who, Login login) {
        System.setProperty(PREFIX + who, login.role());
        System.setProperty(PREFIX + who + "-password", login.password());
    }

    /** The settings that make the service use it. */
    static Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.jdbc.url", get("url"),
                "quarkus.datasource.username", get("service"),
                "quarkus.datasource.password", get("service-password"),
                "quarkus.flyway.username", get("owner"),
                "quarkus.flyway.password", get("owner-password"));
    }

    private static String get(String name) {
        String value = System.getProperty(PREFIX + name);
        if (value == null) {
            throw new IllegalStateException("the test database has not been started");
        }
        return value;
    }
}
